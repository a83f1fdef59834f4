package org.gemel.mirror.link;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Holds senders back so that together they keep to a rate. */
final class RateLimit {
  static final RateLimit NONE = new RateLimit(new TokenBucket(0, 0), System::nanoTime);

  private final TokenBucket bucket;
  private final LongSupplier clock;

  RateLimit(TokenBucket bucket, LongSupplier clock) {
    this.bucket = bucket;
    this.clock = clock;
  }

  /** A limit in bytes a second; none for 0. */
  static RateLimit of(long bytesPerSecond, LongSupplier clock) {
    return bytesPerSecond == 0
        ? NONE
        : new RateLimit(new TokenBucket(bytesPerSecond, clock.getAsLong()), clock);
  }

  /** Waits until so many bytes may be sent. */
  void await(long bytes) {
    if (this == NONE) {
      return;
    }
    long until = bucket.take(bytes, clock.getAsLong());
    long left = until - clock.getAsLong();
    while (left > 0) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      left = until - clock.getAsLong();
    }
  }
}
