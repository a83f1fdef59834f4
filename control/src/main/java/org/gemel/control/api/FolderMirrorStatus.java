package org.gemel.control.api;

import java.time.Instant;
import java.util.List;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * The folder mirror of the pair.
 *
 * @param from null where it does not run
 * @param pausedSince since when all of it makes no passes by itself; null where it does
 */
public record FolderMirrorStatus(
    Lamp lamp,
    boolean running,
    @Nullable Side from,
    String words,
    @Nullable Instant pausedSince,
    List<Profile> profiles) {

  /**
   * One profile.
   *
   * @param waiting whether a pass is due and waits for those of other profiles
   * @param progress of the pass under way; null where none is
   * @param lastPassEnded null where none has ended yet
   * @param lastSuccess begin of the last pass that ended equal; null where none is known
   * @param nextPass null where none is due
   * @param pausedSince since when it makes no passes by itself; null where it does
   * @param following whether changes are followed as they happen
   * @param followedBy how changes are heard of, or that they are not; null where that is not asked
   *     for
   * @param lagSeconds how old the oldest change may be that is not mirrored yet; null: unknown
   * @param equal whether the last pass ended so
   * @param scrub how the comparison of all its content stands; null where that is not asked for
   */
  public record Profile(
      String name,
      String schedule,
      boolean passUnderWay,
      boolean waiting,
      @Nullable Progress progress,
      @Nullable Instant lastPassEnded,
      @Nullable Instant lastSuccess,
      @Nullable Instant nextPass,
      @Nullable Instant pausedSince,
      boolean following,
      @Nullable String followedBy,
      @Nullable Long lagSeconds,
      boolean equal,
      long files,
      long bytes,
      String words,
      @Nullable FolderScrubStatus scrub) {}

  /**
   * How far a pass has got.
   *
   * @param files seen so far
   * @param bytesMoved of content so far
   * @param bytesPerSecond of content, over the last seconds
   * @param secondsLeft if it goes on like this; null where no earlier pass tells how much there is
   * @param at what it has got to
   */
  public record Progress(
      Instant since,
      long files,
      long bytesMoved,
      long bytesPerSecond,
      @Nullable Long secondsLeft,
      String at) {}
}
