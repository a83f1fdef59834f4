package org.gemel.database.preview;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What joining the sides does to one table of the side that will be overwritten.
 *
 * @param table quoted
 * @param lost rows on that side only; they go
 * @param replaced rows that side changed; main's come in their place
 * @param back rows that side deleted; main's come back
 * @param caughtUp rows main alone changed: nothing of that side's is lost
 * @param whole not empty: rows were compared one by one, and why; then each row that differs counts
 *     as that side's work
 * @param newestHere the last change on that side
 * @param newestOnMain the last change on main
 * @param examples the first rows that are lost, replaced or come back
 */
public record PreviewedTable(
    String table,
    long lost,
    long replaced,
    long back,
    long caughtUp,
    String whole,
    Optional<Instant> newestHere,
    Optional<Instant> newestOnMain,
    List<PreviewedRow> examples) {
  public PreviewedTable {
    examples = List.copyOf(examples);
  }

  /** Rows of that side's work that are overwritten. */
  public long overwritten() {
    return lost + replaced + back;
  }
}
