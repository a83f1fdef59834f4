package org.gemel.mirror;

import java.time.Instant;
import java.util.Optional;

/**
 * Once through both sides.
 *
 * @param ended empty while it is under way
 * @param files files whose content was compared
 * @param bytes content of the main side that was compared
 * @param unread files that were being changed when their turn came
 * @param differing entries that differed although nobody changed them lately
 * @param repaired how many of those a pass has made equal since
 * @param failed entries that could not be read
 */
public record ScrubRound(
    Instant begun,
    Optional<Instant> ended,
    long files,
    long bytes,
    long unread,
    long differing,
    long repaired,
    long failed) {

  static ScrubRound of(ScrubState state, Optional<Instant> ended, long repaired) {
    return new ScrubRound(
        state.begun(),
        ended,
        state.files(),
        state.bytes(),
        state.unread(),
        state.differing(),
        repaired,
        state.failed());
  }
}
