package org.gemel.database;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a comparison of both sides is.
 *
 * @param tablesDone of all {@code tables}
 * @param rows compared, of main's, also before it was cut off
 * @param expectedRows of main, an estimate
 * @param rowsPerSecond since it began or went on
 * @param differing rows found different so far
 * @param resumed whether it went on after it was cut off
 */
public record ComparisonProgress(
    int tables,
    int tablesDone,
    long rows,
    long expectedRows,
    long rowsPerSecond,
    long differing,
    boolean resumed) {

  /** About how long it still takes; empty where nothing tells. */
  public Optional<Duration> left() {
    long missing = expectedRows - rows;
    return rowsPerSecond == 0 || missing <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(missing / rowsPerSecond));
  }

  /** 0 to 1; an estimate, except that 1 is all. */
  public double fraction() {
    return tablesDone == tables ? 1 : Math.min(0.99, (double) rows / Math.max(1, expectedRows));
  }

  /** One line for a person. */
  public String words() {
    return String.format(
            Locale.ROOT,
            "%s%d of %d tables compared, %,d of about %,d rows, %,d a second",
            resumed ? "gone on with: " : "",
            tablesDone,
            tables,
            rows,
            Math.max(rows, expectedRows),
            rowsPerSecond)
        + left().map(left -> ", about " + left.toSeconds() + " s left").orElse("")
        + (differing == 0 ? "" : String.format(Locale.ROOT, "; %,d rows differ", differing));
  }
}
