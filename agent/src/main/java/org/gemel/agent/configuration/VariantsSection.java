package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.gemel.core.Side;

/**
 * The two configurations of a service, one for each side.
 *
 * @param active the file the service reads
 * @param sides the file that holds what {@code active} holds while the service uses that side
 */
public record VariantsSection(Path active, Map<Side, Path> sides) {
  public VariantsSection {
    SideFolder.requireBoth(sides, "variant");
  }

  /** The variant of a side. */
  public Path of(Side side) {
    var file = sides.get(side);
    if (file == null) {
      throw new IllegalStateException("both sides have a variant");
    }
    return file;
  }

  VariantsSection under(Path base) {
    var resolved = new EnumMap<Side, Path>(Side.class);
    sides.forEach((side, file) -> resolved.put(side, base.resolve(file).normalize()));
    return new VariantsSection(base.resolve(active).normalize(), Map.copyOf(resolved));
  }
}
