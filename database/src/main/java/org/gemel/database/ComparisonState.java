package org.gemel.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the last comparison of both sides stands, as the backup keeps it.
 *
 * @param ended empty while it is not complete, also where it was cut off
 * @param rows compared, of main's
 * @param differing rows that differ and are not repaired yet
 * @param ranges in which they are, the first of them
 * @param allRanges how many there are
 */
public record ComparisonState(
    Instant begun,
    Optional<Instant> ended,
    int tables,
    int tablesDone,
    long rows,
    long differing,
    List<DifferingRange> ranges,
    long allRanges) {
  public ComparisonState {
    ranges = List.copyOf(ranges);
  }
}
