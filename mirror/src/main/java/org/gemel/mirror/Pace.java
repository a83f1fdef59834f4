package org.gemel.mirror;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets readers go on as a rate allows, and ends them when the work is to stop. */
final class Pace {
  private static final long LONGEST_SLEEP = 100_000_000L;

  private final @Nullable ReadingRate rate;
  private final LongSupplier clock;
  private final Runnable allowStop;

  /**
   * @param bytesPerSecond 0: as fast as it goes
   * @param clock nanoseconds that only go on
   * @param allowStop throws if the work is to stop
   */
  Pace(long bytesPerSecond, LongSupplier clock, Runnable allowStop) {
    this.rate = bytesPerSecond == 0 ? null : new ReadingRate(bytesPerSecond, clock.getAsLong());
    this.clock = clock;
    this.allowStop = allowStop;
  }

  /** Waits until so many more bytes may be read. */
  void await(int bytes) {
    allowStop.run();
    if (rate == null) {
      return;
    }
    long until = rate.take(bytes, clock.getAsLong());
    for (long left = until - clock.getAsLong(); left > 0; left = until - clock.getAsLong()) {
      LockSupport.parkNanos(Math.min(left, LONGEST_SLEEP));
      allowStop.run();
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
