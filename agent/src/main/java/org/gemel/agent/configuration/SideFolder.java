package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.gemel.core.Side;

/**
 * Where this device finds the volume of a side.
 *
 * @param folder the top of the volume
 * @param volume the id its marker must carry
 */
public record SideFolder(Path folder, String volume) {
  SideFolder under(Path base) {
    return new SideFolder(base.resolve(folder).normalize(), volume);
  }

  static Map<Side, SideFolder> under(Path base, Map<Side, SideFolder> sides) {
    var resolved = new TreeMap<Side, SideFolder>();
    sides.forEach((side, folder) -> resolved.put(side, folder.under(base)));
    return Map.copyOf(resolved);
  }

  static void requireBoth(Map<Side, ?> sides, String what) {
    for (var side : Side.values()) {
      if (!sides.containsKey(side)) {
        throw new IllegalArgumentException(
            "found no " + what + " for side " + side + ", wanted one for X and one for Y");
      }
    }
  }
}
