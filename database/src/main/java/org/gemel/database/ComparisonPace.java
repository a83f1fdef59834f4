package org.gemel.database;

/**
 * How hard a comparison works.
 *
 * @param tablesAtOnce each with one session on either side
 * @param rowsPerRange at most so many rows are read by one statement, where there is a key
 * @param rowsPerSecond of all tables together; 0 as fast as it goes
 * @param percentOfTime for so much of its time each session reads, and rests for the others; 100
 *     without rest
 */
public record ComparisonPace(
    int tablesAtOnce, int rowsPerRange, long rowsPerSecond, int percentOfTime) {
  private static final int HALF = 50;

  public ComparisonPace {
    if (tablesAtOnce < 1
        || rowsPerRange < 1
        || rowsPerSecond < 0
        || percentOfTime < 1
        || percentOfTime > 100) {
      throw new IllegalArgumentException(
          "found a pace of %d tables at once, %d rows a range, %d rows a second and %d %% of the time, wanted at least 1, 1 and 0, and 1 to 100 %%"
              .formatted(tablesAtOnce, rowsPerRange, rowsPerSecond, percentOfTime));
    }
  }

  /** Without rest. */
  public ComparisonPace(int tablesAtOnce, int rowsPerRange, long rowsPerSecond) {
    this(tablesAtOnce, rowsPerRange, rowsPerSecond, 100);
  }

  /** Two sessions a side that rest half of the time, so that clients notice little. */
  public static ComparisonPace standard() {
    return new ComparisonPace(2, 65_536, 0, HALF);
  }

  /** The same at another speed; 0 leaves what it is. */
  public ComparisonPace with(long rowsPerSecond, int percentOfTime) {
    return new ComparisonPace(
        tablesAtOnce,
        rowsPerRange,
        rowsPerSecond == 0 ? this.rowsPerSecond : rowsPerSecond,
        percentOfTime == 0 ? this.percentOfTime : percentOfTime);
  }

  /** Rows of one range, so that none is read for long and a slow pace is even. */
  int rowsPerRange(long bytesOfRow, long longestBytes) {
    long rows = Math.min(rowsPerRange, longestBytes / Math.max(1, bytesOfRow));
    if (rowsPerSecond > 0) {
      rows = Math.min(rows, rowsPerSecond);
    }
    return Math.toIntExact(Math.max(1, rows));
  }
}
