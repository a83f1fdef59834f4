package org.gemel.control.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.gemel.control.site.Reality;
import org.gemel.core.Side;
import org.gemel.wire.protocol.DatabaseComparison;
import org.gemel.wire.protocol.DatabaseState;

/** What the last comparison of both databases found, as the backup keeps it. */
public final class Comparisons {
  private Comparisons() {}

  /** What a repair of the backup would overwrite, a sentence each. */
  public static List<String> wouldBeRepaired(Reality reality, Side backup) {
    Optional<DatabaseComparison> comparison = last(reality, backup);
    if (comparison.isEmpty()) {
      return List.of(
          "Note: nothing is known to differ on %s: `gemel database compare` looks for it."
              .formatted(backup));
    }
    if (comparison.get().getDiffering() == 0) {
      return List.of(
          "Nothing would be written: the %s found no row of %s that differs, or all were repaired."
              .formatted(words(comparison.get()), backup));
    }
    return List.of(
        "It overwrites %d rows of %s that the %s found otherwise than main's, and no others: %s."
            .formatted(
                comparison.get().getDiffering(),
                backup,
                words(comparison.get()),
                ranges(comparison.get())),
        "A table without a key, or one of which too much differs, is copied whole; until that ends, %s cannot become main."
            .formatted(backup),
        "Replication goes on meanwhile, and the same ranges are compared once more at the end.");
  }

  static Optional<String> notice(Reality reality, Side backup) {
    return last(reality, backup)
        .filter(comparison -> comparison.getDiffering() > 0)
        .map(
            comparison ->
                "%d rows of database %s differ from main's, as the %s found: %s. See who wrote them; `gemel database repair %s --confirm %s` overwrites them."
                    .formatted(
                        comparison.getDiffering(),
                        backup,
                        words(comparison),
                        ranges(comparison),
                        backup,
                        backup));
  }

  private static Optional<DatabaseComparison> last(Reality reality, Side backup) {
    return reality
        .database(backup)
        .filter(DatabaseState::hasComparison)
        .map(DatabaseState::getComparison);
  }

  private static String words(DatabaseComparison comparison) {
    Instant begun = Instant.ofEpochMilli(comparison.getBegunMilliseconds());
    return "comparison of "
        + begun.truncatedTo(ChronoUnit.SECONDS)
        + (comparison.getEndedMilliseconds() == 0
            ? " (not complete: %d of %d tables)"
                .formatted(comparison.getTablesDone(), comparison.getTables())
            : "");
  }

  private static String ranges(DatabaseComparison comparison) {
    long more = comparison.getAllRanges() - comparison.getRangesCount();
    return String.join(", ", comparison.getRangesList())
        + (more > 0 ? " and " + more + " more ranges" : "");
  }
}
