package org.gemel.mirror;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.gemel.core.Side;

/**
 * How a profile's content is read through and compared while it is mirrored; see {@link Scrub}.
 *
 * @param atMost how many bytes a second are read of both sides together; as many as one round in
 *     its time takes if empty
 * @param folder where its place, what it found and its certificate are kept
 */
public record ScrubPlan(ScrubText text, OptionalLong atMost, Path folder) {
  /** A small tree is read soon, and its disk has rest. */
  private static final long LEAST = 1_000_000;

  /** What is expected may grow meanwhile, and passes go before. */
  private static final double MARGIN = 1.25;

  public ScrubPlan(ScrubText text, Path folder) {
    this(text, text.bytesPerSecond(), folder);
  }

  Duration every() {
    return text.every();
  }

  /** How it stands before it has ever begun. */
  ScrubStatus idle() {
    return new ScrubStatus(
        text.words(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  ScrubStore store(Side main) {
    return new ScrubStore(folder.resolve("from-" + main));
  }

  /**
   * A round's options.
   *
   * @param bytes how much the tree holds, as the last pass found it
   */
  ScrubOptions options(FolderProfile profile, Side main, OptionalLong bytes) {
    MirrorRequest pass = profile.request(main);
    return new ScrubOptions(
        pass.source(),
        pass.target(),
        pass.filters(),
        pass.marker(),
        every(),
        atMost.orElseGet(() -> enough(bytes)),
        ScrubOptions.USUAL_SETTLED);
  }

  private long enough(OptionalLong bytes) {
    if (bytes.isEmpty()) {
      return ScrubOptions.USUAL_BYTES_PER_SECOND;
    }
    double perSecond = MARGIN * 2 * bytes.getAsLong() / Math.max(1, every().toSeconds());
    return Math.max(LEAST, (long) perSecond);
  }
}
