package org.gemel.database;

import java.time.Duration;

/** Keeps the readers of one comparison together from being faster than they may be. */
final class Throttle {
  private final ComparisonPace pace;
  private final long begunNanos = System.nanoTime();
  private long rows;

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
    rows += read;
    if (pace.rowsPerSecond() == 0) {
      return 0;
    }
    double due = (double) rows / pace.rowsPerSecond() * Duration.ofSeconds(1).toNanos();
    return (long) due - (System.nanoTime() - begunNanos);
  }
}
