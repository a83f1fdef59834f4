package org.gemel.database;

import java.time.Duration;

/** Keeps a reader of rows from being faster than it may be. */
final class Throttle {
  private final long begunNanos = System.nanoTime();
  private final long rowsPerSecond;

  Throttle(ComparisonPace pace) {
    rowsPerSecond = pace.rowsPerSecond();
  }

  /** Waits until so many rows, read since the beginning of this one, are not too many. */
  void pause(long rows) throws DatabaseFailure {
    if (rowsPerSecond == 0) {
      return;
    }
    long due = Duration.ofSeconds(1).toNanos() / rowsPerSecond * rows;
    long left = due - (System.nanoTime() - begunNanos);
    if (left > 0) {
      Patience rest = new Patience(Duration.ofNanos(left));
      while (!rest.isOver()) {
        rest.pause();
      }
    }
  }
}
