package org.gemel.mirror.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the next scan of the whole tree may begin. While events keep being lost each scan would call
 * for the next one, and the mirror would do nothing else: so the gaps between them double, from one
 * second to one minute. Events are read on meanwhile. A minute without a call for one starts over.
 */
public final class RescanPacing {
  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(60);

  private @Nullable Instant wantedSince;
  private @Nullable Instant began;
  private Duration gap = SHORTEST;

  /** Events were lost. */
  public void wanted(Instant now) {
    if (began != null && !now.isBefore(began.plus(gap).plus(LONGEST))) {
      began = null;
      gap = SHORTEST;
    }
    if (wantedSince == null) {
      wantedSince = now;
    }
  }

  /** When a scan that is wanted may begin; nothing if none is wanted. */
  public Optional<Instant> next() {
    if (wantedSince == null) {
      return Optional.empty();
    }
    Instant allowed = began == null ? wantedSince : began.plus(gap);
    return Optional.of(allowed.isAfter(wantedSince) ? allowed : wantedSince);
  }

  /** Whether a scan is wanted and may begin now. */
  public boolean due(Instant now) {
    return next().map(at -> !now.isBefore(at)).orElse(false);
  }

  /**
   * A scan of the whole tree begins; what was lost before is found by it.
   *
   * @throws IllegalStateException if none is due
   */
  public void begin(Instant now) {
    if (!due(now)) {
      throw new IllegalStateException(
          "found a scan begun at " + now + ", wanted it at " + next() + " or later");
    }
    if (began != null) {
      Duration doubled = gap.multipliedBy(2);
      gap = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
    began = now;
    wantedSince = null;
  }

  /** Since when a scan is wanted, for a person. */
  public Optional<Instant> wantedSince() {
    return Optional.ofNullable(wantedSince);
  }
}
