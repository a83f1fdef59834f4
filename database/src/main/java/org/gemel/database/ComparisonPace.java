package org.gemel.database;

/**
 * How hard a comparison works.
 *
 * @param tablesAtOnce each with one session on either side
 * @param rowsPerRange how many rows are read by one statement, where a table can be cut into ranges
 * @param rowsPerSecond for each table under way; 0 as fast as it goes
 */
public record ComparisonPace(int tablesAtOnce, int rowsPerRange, long rowsPerSecond) {
  public ComparisonPace {
    if (tablesAtOnce < 1 || rowsPerRange < 1 || rowsPerSecond < 0) {
      throw new IllegalArgumentException(
          "found a pace of %d tables at once, %d rows a range and %d rows a second, wanted at least 1, 1 and 0"
              .formatted(tablesAtOnce, rowsPerRange, rowsPerSecond));
    }
  }

  /** Two sessions a side, so that clients notice little. */
  public static ComparisonPace standard() {
    return new ComparisonPace(2, 65_536, 0);
  }
}
