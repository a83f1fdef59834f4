package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gemel.config.DataRate;
import org.gemel.mirror.MirrorProfileFile;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.ScheduleText;
import org.gemel.mirror.ScrubText;

/**
 * A folder that is kept mirrored.
 *
 * @param folder seen from the top of the volume; the whole volume if absent
 * @param schedule when passes begin, such as {@code every 1m}; by hand only if absent
 * @param excludes patterns of what is left alone on both sides
 * @param includes exceptions from the excludes
 * @param allowDelete how many entries a pass may delete; a share of the target if absent
 * @param bandwidth how much content its passes may move a second; no limit if absent
 * @param streams how many threads a pass has; as suits the machine if absent
 * @param index the folder that remembers what was renamed, or {@code none}; within the agent's
 *     state if absent
 * @param scrub how often all content is read through and compared, such as {@code every 24h}; never
 *     by itself if absent
 */
public record ProfileSection(
    String name,
    Optional<Path> folder,
    Optional<ScheduleText> schedule,
    List<String> excludes,
    List<String> includes,
    Optional<Long> allowDelete,
    Optional<DataRate> bandwidth,
    Optional<Integer> streams,
    Optional<String> index,
    Optional<ScrubText> scrub) {

  /** What stands for no index at all. */
  public static final String NO_INDEX = MirrorProfileFile.NO_INDEX;

  public ProfileSection {
    if (folder.isPresent()
        && (folder.get().isAbsolute() || folder.get().normalize().startsWith(".."))) {
      throw new IllegalArgumentException(
          "found the folder '" + folder.get() + "', wanted one inside the volume");
    }
    int most = MirrorRequest.MOST_STREAMS;
    if (streams.orElse(1) < 1 || streams.orElse(1) > most) {
      throw new IllegalArgumentException(
          "found streams: %d, wanted 1 to %d".formatted(streams.get(), most));
    }
  }

  /** The plainest profile of a folder. */
  public static ProfileSection of(String name, Path folder, String schedule) {
    return new ProfileSection(
        name,
        Optional.of(folder),
        Optional.of(new ScheduleText(schedule)),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  ProfileSection under(Path base) {
    return new ProfileSection(
        name,
        folder,
        schedule,
        excludes,
        includes,
        allowDelete,
        bandwidth,
        streams,
        index.map(each -> each.equals(NO_INDEX) ? each : base.resolve(each).normalize().toString()),
        scrub);
  }
}
