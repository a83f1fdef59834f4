package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the last comparison found on this backup and nobody repaired, while both sides stand still:
 * ranges that are alike by now count no more; one that cannot be looked at in time counts as it was
 * noted.
 */
final class NotedDifferences {
  private static final Duration TIME = Duration.ofMillis(500);
  private static final Duration ONE_STATEMENT = Duration.ofSeconds(1);

  private NotedDifferences() {}

  /** In words, by table. */
  static Map<String, String> read(BothSides sides) throws SQLException, DatabaseFailure {
    ComparisonNotes notes = new ComparisonNotes(sides.backup());
    List<ComparisonNotes.Noted> noted = notes.differing();
    Map<String, String> found = new TreeMap<>();
    if (noted.isEmpty()) {
      return found;
    }
    Map<String, ComparedTable> tables =
        ComparedTable.read(sides.main()).stream()
            .collect(Collectors.toMap(ComparedTable::name, Function.identity()));
    Patience time = new Patience(TIME);
    Set<String> begun = new HashSet<>();
    for (ComparisonNotes.Noted each : noted) {
      ComparedTable table = tables.get(each.range().range().table());
      if (table == null) {
        continue; // dropped since
      }
      if (time.isOver() || table.order().isEmpty() || differs(sides, table, each, begun)) {
        found.merge(
            table.name(),
            each.range().words() + " differs, as compared before",
            (a, b) -> a.endsWith(" more") ? a : a + " and more");
      }
    }
    return found;
  }

  private static boolean differs(
      BothSides sides, ComparedTable table, ComparisonNotes.Noted noted, Set<String> begun)
      throws SQLException, DatabaseFailure {
    if (begun.add(table.name())) {
      sides.begin(table);
    }
    KeyRange range = noted.range().range();
    Slice slice = Slice.range(table.order().orElseThrow(), range.above(), range.upTo());
    sides.statementTimeout(ONE_STATEMENT);
    try {
      return !sides.digests(table, slice).alike();
    } catch (SQLException e) {
      if (Failures.isLossOfConnection(e)) {
        throw e;
      }
      return true;
    } finally {
      sides.statementTimeout(Connecting.STATEMENT_TIMEOUT);
    }
  }
}
