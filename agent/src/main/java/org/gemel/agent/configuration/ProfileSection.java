package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gemel.mirror.ScheduleText;

/**
 * A folder that is kept mirrored.
 *
 * @param folder seen from the top of the volume; the whole volume if absent
 * @param schedule when passes begin, such as {@code every 1m}; by hand only if absent
 * @param excludes patterns of what is left alone on both sides
 * @param includes exceptions from the excludes
 * @param allowDelete how many entries a pass may delete; a share of the target if absent
 */
public record ProfileSection(
    String name,
    Optional<Path> folder,
    Optional<ScheduleText> schedule,
    List<String> excludes,
    List<String> includes,
    Optional<Long> allowDelete) {
  public ProfileSection {
    if (folder.isPresent()
        && (folder.get().isAbsolute() || folder.get().normalize().startsWith(".."))) {
      throw new IllegalArgumentException(
          "found the folder '" + folder.get() + "', wanted one inside the volume");
    }
  }
}
