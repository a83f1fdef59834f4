package org.gemel.mirror;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds back who moves bytes, so that all who share it keep to one rate together. Bytes are waited
 * for before they are moved: what went over in any second is then never more than the rate and what
 * the bucket holds.
 */
public final class RateLimit {
  /** Nobody is held back. */
  public static final RateLimit NONE = new RateLimit(null, new ProcessTime(() -> 0));

  private static final long LONGEST_SLEEP = 100_000_000L;
  private static final long PAGE = 4096;

  private final @Nullable TokenBucket bucket;
  private final Time time;

  RateLimit(@Nullable TokenBucket bucket, Time time) {
    this.bucket = bucket;
    this.time = time;
  }

  /** The time that is waited in. */
  interface Time {
    /** Nanoseconds that only go on. */
    long now();

    /** Waits, at most until then; may come back early. */
    void await(long until);
  }

  /** A limit in bytes a second; none for 0. */
  public static RateLimit of(long bytesPerSecond) {
    return of(bytesPerSecond, System::nanoTime);
  }

  /**
   * A limit in bytes a second; none for 0.
   *
   * @param clock nanoseconds that only go on
   */
  public static RateLimit of(long bytesPerSecond, LongSupplier clock) {
    return bytesPerSecond == 0
        ? NONE
        : new RateLimit(new TokenBucket(bytesPerSecond, clock.getAsLong()), new ProcessTime(clock));
  }

  /** Waits until so many bytes may be moved. */
  public void await(long bytes) {
    await(bytes, () -> {});
  }

  /**
   * Waits until so many bytes may be moved, or the thread is interrupted.
   *
   * @param allowStop throws if the work is to stop; asked about ten times a second
   */
  public void await(long bytes, Runnable allowStop) {
    if (bucket == null) {
      return;
    }
    long until = bucket.take(bytes, time.now());
    while (until - time.now() > 0) {
      time.await(until);
      allowStop.run();
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /**
   * Waits until the next piece of what is to be moved may be: a tenth of a second's worth, in whole
   * pages where it is that much, as file systems share blocks only so.
   *
   * @return its length; all that is wanted if nobody is held back
   */
  public long allow(long wanted, Runnable allowStop) {
    if (bucket == null) {
      return wanted;
    }
    long holds = bucket.holds();
    long piece = Math.min(wanted, holds < PAGE ? holds : holds - holds % PAGE);
    await(piece, allowStop);
    return piece;
  }

  private record ProcessTime(LongSupplier clock) implements Time {
    @Override
    public long now() {
      return clock.getAsLong();
    }

    @Override
    public void await(long until) {
      LockSupport.parkNanos(Math.min(until - now(), LONGEST_SLEEP));
    }
  }
}
