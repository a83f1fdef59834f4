package org.gemel.mirror;

import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only where somebody waits for it: threads that wait at once wait once. */
final class SteppedTime implements RateLimit.Time {
  static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();

  RateLimit limit(long bytesPerSecond) {
    return new RateLimit(new TokenBucket(bytesPerSecond, now.get()), this);
  }

  @Override
  public long now() {
    return now.get();
  }

  @Override
  public void await(long until) {
    now.accumulateAndGet(until, Math::max);
  }

  double seconds() {
    return (double) now.get() / SECOND;
  }
}
