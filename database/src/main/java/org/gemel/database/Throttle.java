package org.gemel.database;

import java.time.Duration;

/** Keeps the readers of one comparison together from being faster than they may be. */
final class Throttle {
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final ComparisonPace pace;
  private long dueNanos = System.nanoTime();

  Throttle(ComparisonPace pace) {
    this.pace = pace;
  }

  /**
   * Rests as long as it must.
   *
   * @param read rows read just now
   * @param nanos that this took
   */
  void pause(long read, long nanos) throws DatabaseFailure {
    long share = nanos * (100 - pace.percentOfTime()) / pace.percentOfTime();
    Patience rest = new Patience(Duration.ofNanos(Math.max(share, tooEarly(read))));
    while (!rest.isOver()) {
      rest.pause();
    }
  }

  private synchronized long tooEarly(long read) {
    if (pace.rowsPerSecond() == 0) {
      return 0;
    }
    long now = System.nanoTime();
    double takes = (double) read / pace.rowsPerSecond() * SECOND_NANOS;
    // Slow phases must not pile up into a burst.
    dueNanos = now + Math.max(dueNanos - now, -SECOND_NANOS) + (long) takes;
    return dueNanos - now;
  }
}
