package org.gemel.mirror;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gemel.config.ConfigurationFault;
import org.gemel.config.DataRate;
import org.gemel.config.Default;
import org.gemel.config.StrictYaml;

/**
 * A mirror that needs no server, as a file describes it: strict YAML whose keys are these names.
 * Paths in it are seen from the file's folder.
 *
 * @param from the tree that is right: a path, or a URL
 * @param to the tree that is made equal, likewise
 * @param exclude patterns of what is left alone on both sides
 * @param include exceptions from those
 * @param delete what becomes of things only {@code to} has
 * @param allowDelete how many entries a pass may delete; a share of the target if absent
 * @param marker the file that must lie at the top of both trees
 * @param schedule when passes begin by themselves, where the mirror keeps running
 * @param bandwidth how much content may be moved a second; no limit if absent
 * @param streams how many streams carry content at the same time; as the engine thinks best if
 *     absent
 * @param index the folder that remembers what was last made equal, or {@code none}
 * @param checksum whether files of equal size and time are read to see if they are equal
 * @param specials whether FIFOs and devices are mirrored
 */
public record MirrorProfileFile(
    String from,
    String to,
    List<Glob> exclude,
    List<Glob> include,
    @Default("mirror") DeletePolicy delete,
    Optional<Long> allowDelete,
    Optional<String> marker,
    @Default("manual") ScheduleText schedule,
    Optional<DataRate> bandwidth,
    Optional<Integer> streams,
    Optional<String> index,
    @Default("false") boolean checksum,
    @Default("false") boolean specials) {

  /** What stands for no index at all. */
  public static final String NO_INDEX = "none";

  public MirrorProfileFile {
    requireText("from", from);
    requireText("to", to);
    requireAtLeast("allowDelete", allowDelete.orElse(0L), 0);
    int most = MirrorRequest.MOST_STREAMS;
    if (streams.orElse(1) < 1 || streams.orElse(1) > most) {
      throw new IllegalArgumentException(
          "found streams: %d, wanted 1 to %d".formatted(streams.get(), most));
    }
  }

  /**
   * Reads a profile.
   *
   * @throws ConfigurationFault with every fault in it, each with its line and column
   */
  public static MirrorProfileFile load(Path file) throws ConfigurationFault {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return StrictYaml.read(file, MirrorProfileFile.class)
        .under(folder == null ? "/" : folder.toString());
  }

  private MirrorProfileFile under(String folder) {
    return new MirrorProfileFile(
        under(folder, from),
        under(folder, to),
        exclude,
        include,
        delete,
        allowDelete,
        marker,
        schedule,
        bandwidth,
        streams,
        index.map(each -> each.equals(NO_INDEX) ? each : under(folder, each)),
        checksum,
        specials);
  }

  /** Text, not {@link Path}, for the reason that {@link TreeRoot} gives. */
  private static String under(String folder, String place) {
    return place.startsWith("/") || place.contains("://") ? place : folder + "/" + place;
  }

  private static void requireText(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "found '" + key + "' empty, wanted the path of a folder or a URL");
    }
  }

  private static void requireAtLeast(String key, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "found %s: %d, wanted %d or more".formatted(key, value, least));
    }
  }

  public FilterRules filters() {
    return new FilterRules(exclude, include, specials);
  }
}
