package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.config.Default;
import org.gemel.core.Side;
import org.gemel.mirror.Schedule;
import org.gemel.mirror.ScheduleText;

/**
 * The folder mirror of a NAS head. The same volumes and profiles serve both directions.
 *
 * @param side the side this NAS head belongs to; it mirrors only from there
 * @param volumes both sides' volumes as this NAS head reaches them
 * @param configuration the folder on the volumes where the configuration of the site's machines is
 *     kept, such as {@code Configuration}; mirrored every minute at least; none is kept if absent
 * @param passesAtOnce how many passes by schedule may be at work together, for the disks' sake
 */
public record FolderMirrorSection(
    Side side,
    Map<Side, SideFolder> volumes,
    Optional<Path> configuration,
    @Default("2") int passesAtOnce,
    List<ProfileSection> profiles) {
  /** The profile that carries what is kept; one of this name in the file takes its place. */
  public static final String CONFIGURATION = "configuration";

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
    if (configuration.isPresent()
        && (configuration.get().getNameCount() != 1
            || configuration.get().isAbsolute()
            || !configuration.get().equals(configuration.get().normalize())
            || configuration.get().toString().isEmpty()
            || configuration.get().toString().startsWith("."))) {
      throw new IllegalArgumentException(
          "found configuration: '"
              + configuration.get()
              + "', wanted the name of a folder at the top of the volume, such as Configuration");
    }
    if (configuration.isPresent() && !isCarried(configuration.get(), profiles)) {
      var all = new ArrayList<>(profiles);
      all.add(ProfileSection.of(CONFIGURATION, configuration.get(), "every 1m"));
      profiles = List.copyOf(all);
    }
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException(
          "found no profile, wanted at least one: say what the folder mirror carries");
    }
  }

  /** Whether the file's own profiles bring that folder over every minute. */
  private static boolean isCarried(Path folder, List<ProfileSection> profiles) {
    for (var each : profiles) {
      boolean carries =
          each.folder().map(folder::equals).orElse(true)
              && each.excludes().isEmpty()
              && each.schedule().map(FolderMirrorSection::isOften).orElse(false);
      if (carries) {
        return true;
      }
      if (each.name().equals(CONFIGURATION)) {
        throw new IllegalArgumentException(
            "found a profile named configuration that does not carry all of '"
                + folder
                + "' every minute, wanted that of it: give it another name, or this folder and schedule");
      }
    }
    return false;
  }

  private static boolean isOften(ScheduleText schedule) {
    return switch (schedule.in(ZoneOffset.UTC)) {
      case Schedule.Every every -> every.interval().compareTo(Duration.ofMinutes(1)) <= 0;
      case Schedule.Continuous _ -> true;
      default -> false;
    };
  }

  FolderMirrorSection under(Path base) {
    return new FolderMirrorSection(
        side,
        SideFolder.under(base, volumes),
        configuration,
        passesAtOnce,
        profiles.stream().map(each -> each.under(base)).toList());
  }
}
