package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.util.Map;
import org.gemel.core.Side;

/**
 * The mount of a device that may use either side.
 *
 * @param link the symbolic link that leads to the volume of the device's side
 * @param sides the volume of each side
 */
public record MountSection(Path link, Map<Side, SideFolder> sides) {
  public MountSection {
    SideFolder.requireBoth(sides, "volume");
  }

  /** The volume of a side. */
  public SideFolder of(Side side) {
    var place = sides.get(side);
    if (place == null) {
      throw new IllegalStateException("both sides have a volume");
    }
    return place;
  }

  MountSection under(Path base) {
    // Not normalised through the link: only the path to it is.
    return new MountSection(base.resolve(link).normalize(), SideFolder.under(base, sides));
  }
}
