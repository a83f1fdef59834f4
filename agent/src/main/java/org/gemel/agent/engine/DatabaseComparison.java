package org.gemel.agent.engine;

import static org.gemel.agent.command.Outcomes.done;
import static org.gemel.agent.command.Outcomes.failed;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gemel.agent.command.Stages;
import org.gemel.core.Side;
import org.gemel.database.DatabaseFailure;
import org.gemel.database.DifferingRange;
import org.gemel.database.Repaired;
import org.gemel.database.RowDifference;
import org.gemel.database.TableComparison;
import org.gemel.wire.protocol.CompareDatabases;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.RepairDatabase;

/** Compares all rows of this backup with those of main, and repairs what it found. */
final class DatabaseComparison {
  private static final int NAMED = 10;

  private DatabaseComparison() {}

  static Outcome.Builder compare(
      DatabaseEngine engine, Side side, CompareDatabases wanted, Stages stages)
      throws DatabaseFailure {
    List<TableComparison> tables =
        engine.compare(
            wanted.getRowsPerSecond(),
            wanted.getPercentOfTime(),
            wanted.getAnew(),
            progress -> stages.at(progress.words(), progress.fraction()));
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
    List<RowDifference> examples = new ArrayList<>();
    List<DifferingRange> ranges = new ArrayList<>();
    for (TableComparison table : tables) {
      examples.addAll(table.examples());
      ranges.addAll(table.ranges());
    }
    return failed(
        "found %d of %d rows that differ on %s and %s, in %s (such as %s), wanted none: see who wrote them on %s; `gemel database repair %s --confirm %s` overwrites those rows with %s's"
            .formatted(
                differing,
                rows,
                side.other(),
                side,
                named(ranges),
                examples.stream()
                    .limit(NAMED)
                    .map(RowDifference::words)
                    .collect(Collectors.joining(", ")),
                side,
                side,
                side,
                side.other()));
  }

  static Outcome.Builder repair(
      DatabaseEngine engine, Side side, RepairDatabase wanted, Stages stages)
      throws DatabaseFailure {
    if (wanted.getProve()) {
      stages.at("comparing what differed once more");
      List<DifferingRange> left = engine.proveRepaired();
      return left.isEmpty()
          ? done("All that differed was compared once more: it equals " + side.other() + "'s.")
          : failed(
              "found rows that differ still, in %s, wanted none: repeat the repair"
                  .formatted(named(left)));
    }
    stages.at("overwriting rows that differ");
    Repaired repaired = engine.repair(wanted.getRoleEpoch());
    return done("%d rows of the database of %s were overwritten by their keys."
            .formatted(repaired.rows(), side))
        .addAllAnew(repaired.anew());
  }

  private static String named(List<DifferingRange> ranges) {
    return ranges.stream().limit(NAMED).map(DifferingRange::words).collect(Collectors.joining(", "))
        + (ranges.size() > NAMED ? " and " + (ranges.size() - NAMED) + " more ranges" : "");
  }
}
