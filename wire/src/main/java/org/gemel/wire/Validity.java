package org.gemel.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** From when until when a certificate holds. Certificates know whole seconds only. */
public record Validity(Instant from, Instant until) {
  /** Clocks of a facility differ; a certificate made now must hold where the clock is behind. */
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

  public Validity {
    from = from.truncatedTo(ChronoUnit.SECONDS);
    until = until.truncatedTo(ChronoUnit.SECONDS);
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "found a certificate from %s until %s, wanted one that begins before it ends"
              .formatted(from, until));
    }
  }

  /** Holds for so long from now on, and from an hour ago for clocks that are behind. */
  public static Validity of(Instant now, Duration lasting) {
    return new Validity(now.minus(CLOCKS_DIFFER), now.plus(lasting));
  }
}
