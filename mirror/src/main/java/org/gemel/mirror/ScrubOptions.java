package org.gemel.mirror;

import java.time.Duration;
import java.util.Optional;

/**
 * How a pair of trees is read again and again.
 *
 * @param every from the begin of a round to the begin of the next; a round that takes longer is
 *     followed by the next at once
 * @param bytesPerSecond how much is read of both trees together
 * @param settled for how long an entry must not have changed to be judged: what changes is the
 *     mirror's work, not the scrub's
 */
public record ScrubOptions(
    TreeRoot first,
    TreeRoot second,
    FilterRules filters,
    Optional<Marker> marker,
    Duration every,
    long bytesPerSecond,
    Duration settled) {
  public static final long USUAL_BYTES_PER_SECOND = 20_000_000;
  public static final Duration USUAL_SETTLED = Duration.ofMinutes(5);

  /** Everything, once a week, at 20 MB a second. */
  public static ScrubOptions of(TreeRoot first, TreeRoot second) {
    return new ScrubOptions(
        first,
        second,
        FilterRules.NONE,
        Optional.empty(),
        Duration.ofDays(7),
        USUAL_BYTES_PER_SECOND,
        USUAL_SETTLED);
  }

  public ScrubOptions {
    if (!every.isPositive() || bytesPerSecond <= 0 || settled.isNegative()) {
      throw new IllegalArgumentException(
          "found a scrub every "
              + every
              + " at "
              + bytesPerSecond
              + " bytes a second, wanted both more than nothing");
    }
  }

  ComparisonOptions comparison() {
    return new ComparisonOptions(false, filters, marker).withTreeHash(true);
  }
}
