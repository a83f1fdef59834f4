package org.gemel.agent.engine;

import static org.gemel.agent.command.Outcomes.done;
import static org.gemel.agent.command.Outcomes.failed;

import java.util.ArrayList;
import java.util.List;
import org.gemel.agent.command.Stages;
import org.gemel.core.Side;
import org.gemel.database.ComparisonPace;
import org.gemel.database.DatabaseFailure;
import org.gemel.database.RowDifference;
import org.gemel.database.TableComparison;
import org.gemel.wire.protocol.Outcome;

/** Compares all rows of this backup with those of main, and says what it found. */
final class DatabaseComparison {
  private static final int ROWS_NAMED = 10;

  private DatabaseComparison() {}

  static Outcome.Builder compare(
      DatabaseEngine engine, Side side, long rowsPerSecond, Stages stages) throws DatabaseFailure {
    var standard = ComparisonPace.standard();
    var pace = new ComparisonPace(standard.tablesAtOnce(), standard.rowsPerRange(), rowsPerSecond);
    List<TableComparison> tables =
        engine.compare(
            pace,
            table -> stages.at("compared %d rows of %s".formatted(table.rows(), table.table())));
    long rows = tables.stream().mapToLong(TableComparison::rows).sum();
    long differing = tables.stream().mapToLong(TableComparison::differing).sum();
    long changing = tables.stream().mapToLong(TableComparison::changing).sum();
    if (differing == 0 && changing == 0) {
      return done(
          "%d rows of %d tables compared: the database of %s equals that of %s."
              .formatted(rows, tables.size(), side, side.other()));
    }
    if (differing == 0) {
      return failed(
          "found %d of %d rows written again and again while they were compared, wanted them still for a moment: repeat; all others are equal"
              .formatted(changing, rows));
    }
    List<String> named = new ArrayList<>();
    for (TableComparison table : tables) {
      table.examples().stream().map(RowDifference::words).forEach(named::add);
    }
    return failed(
        "found %d of %d rows that differ on %s and %s (%s), wanted none: see who wrote them on %s, and start the replication again, which overwrites %s"
            .formatted(
                differing,
                rows,
                side.other(),
                side,
                String.join(", ", named.subList(0, Math.min(ROWS_NAMED, named.size())))
                    + (differing > ROWS_NAMED ? ", and more" : ""),
                side,
                side));
  }
}
