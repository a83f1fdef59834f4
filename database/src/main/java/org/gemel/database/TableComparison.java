package org.gemel.database;

import java.util.List;

/**
 * One table of both sides, compared.
 *
 * @param table quoted
 * @param rows compared, of main's
 * @param differing rows that differ though replication had time to carry them
 * @param examples the first of those
 * @param ranges in which they are
 * @param changing rows that were written again and again while they were looked at
 */
public record TableComparison(
    String table,
    long rows,
    long differing,
    List<RowDifference> examples,
    List<DifferingRange> ranges,
    long changing) {
  public TableComparison {
    examples = List.copyOf(examples);
    ranges = List.copyOf(ranges);
  }
}
