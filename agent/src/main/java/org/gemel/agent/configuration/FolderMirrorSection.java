package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.gemel.config.Default;
import org.gemel.core.Side;

/**
 * The folder mirror of a NAS head. The same volumes and profiles serve both directions.
 *
 * @param side the side this NAS head belongs to; it mirrors only from there
 * @param volumes both sides' volumes as this NAS head reaches them
 * @param passesAtOnce how many passes by schedule may be at work together, for the disks' sake
 */
public record FolderMirrorSection(
    Side side,
    Map<Side, SideFolder> volumes,
    @Default("2") int passesAtOnce,
    List<ProfileSection> profiles) {
  public FolderMirrorSection {
    if (passesAtOnce < 1) {
      throw new IllegalArgumentException(
          "found passesAtOnce: " + passesAtOnce + ", wanted 1 or more: nothing would be mirrored");
    }
    SideFolder.requireBoth(volumes, "volume");
    var names = new HashSet<String>();
    for (var profile : profiles) {
      if (!names.add(profile.name())) {
        throw new IllegalArgumentException(
            "found two profiles named '" + profile.name() + "', wanted a name of its own for each");
      }
    }
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException(
          "found no profile, wanted at least one: say what the folder mirror carries");
    }
  }

  FolderMirrorSection under(Path base) {
    return new FolderMirrorSection(
        side,
        SideFolder.under(base, volumes),
        passesAtOnce,
        profiles.stream().map(each -> each.under(base)).toList());
  }
}
