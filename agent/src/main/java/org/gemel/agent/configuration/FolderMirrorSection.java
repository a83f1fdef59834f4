package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.gemel.core.Side;

/**
 * The folder mirror of a NAS head. The same volumes and profiles serve both directions.
 *
 * @param side the side this NAS head belongs to; it mirrors only from there
 * @param volumes both sides' volumes as this NAS head reaches them
 */
public record FolderMirrorSection(
    Side side, Map<Side, SideFolder> volumes, List<ProfileSection> profiles) {
  public FolderMirrorSection {
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
    return new FolderMirrorSection(side, SideFolder.under(base, volumes), profiles);
  }
}
