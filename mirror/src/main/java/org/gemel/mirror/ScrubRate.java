package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;

/** A rate on the clock of whoever calls; one that was set back begins anew. */
final class ScrubRate {
  private final long bytesPerSecond;
  private TokenBucket rate;
  private Instant origin;
  private Instant last;

  ScrubRate(long bytesPerSecond, Instant now) {
    this.bytesPerSecond = bytesPerSecond;
    this.origin = now;
    this.last = now;
    this.rate = new TokenBucket(bytesPerSecond, 0);
  }

  /** When to go on after so many bytes were read. */
  Instant after(long bytes, Instant now) {
    if (now.isBefore(last)) {
      origin = now;
      rate = new TokenBucket(bytesPerSecond, 0);
    }
    last = now;
    long passed = Duration.between(origin, now).toNanos();
    Instant until = origin.plusNanos(rate.take(bytes, passed));
    return until.isBefore(now) ? now : until;
  }
}
