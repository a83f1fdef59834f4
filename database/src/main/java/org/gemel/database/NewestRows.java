package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A look at what can be compared in a time that does not grow with the database: small tables
 * whole, of larger ones the rows with the highest keys; the most written tables first, and no new
 * one once the time is used up.
 *
 * <p>It can disprove that both sides are equal. That they are is proven by the log. So a table that
 * cannot be read in time, or not at all, is only one less that was looked at.
 */
final class NewestRows {
  private static final int ROWS = 2000;
  // No client can write meanwhile.
  private static final Duration TIME = Duration.ofMillis(200);
  private static final Duration ONE_STATEMENT = Duration.ofSeconds(1);
  private static final int DIFFERENCES_SHOWN = 5;

  /** What was seen; the differences in words, by table. */
  record Seen(int tables, long rows, int ofTables, Map<String, String> differences) {
    String words() {
      return "%d rows of %d of %d tables compared".formatted(rows, tables, ofTables);
    }
  }

  private final BothSides sides;

  NewestRows(BothSides sides) {
    this.sides = sides;
  }

  Seen compare() throws SQLException, DatabaseFailure {
    sides.statementTimeout(ONE_STATEMENT);
    try {
      return look();
    } finally {
      sides.statementTimeout(Connecting.STATEMENT_TIMEOUT);
    }
  }

  private Seen look() throws SQLException, DatabaseFailure {
    List<ComparedTable> tables;
    try {
      tables = mostWrittenFirst();
    } catch (SQLException e) {
      requireConnection(e);
      return new Seen(0, 0, 0, Map.of());
    }
    Patience time = new Patience(TIME);
    Map<String, String> differences = new LinkedHashMap<>();
    int compared = 0;
    long rows = 0;
    for (ComparedTable table : tables) {
      if (time.isOver()) {
        break;
      }
      try {
        sides.begin(table);
        Optional<Slice> slice = slice(table);
        if (slice.isEmpty()) {
          continue;
        }
        BothSides.Read<Digest> digests = sides.digests(table, slice.get());
        compared++;
        rows += digests.main().rows();
        if (!digests.alike()) {
          differences.put(table.name(), words(table, slice.get(), digests));
        }
      } catch (SQLException e) {
        requireConnection(e);
      }
    }
    return new Seen(compared, rows, tables.size(), differences);
  }

  private static void requireConnection(SQLException e) throws SQLException {
    if (Failures.isLossOfConnection(e)) {
      throw e;
    }
  }

  private String words(ComparedTable table, Slice slice, BothSides.Read<Digest> digests)
      throws SQLException, DatabaseFailure {
    try {
      return rowsInWords(table, slice, digests);
    } catch (SQLException e) {
      requireConnection(e);
      return table.name() + " differs"; // that much is known
    }
  }

  private String rowsInWords(ComparedTable table, Slice slice, BothSides.Read<Digest> digests)
      throws SQLException, DatabaseFailure {
    if (digests.backup().rows() > 2L * ROWS) {
      return "%s has %d rows on the backup where main has %d"
          .formatted(table.name(), digests.backup().rows(), digests.main().rows());
    }
    List<String> rows =
        sides.differences(table, slice).values().stream().map(RowDifference::words).toList();
    return rows.size() <= DIFFERENCES_SHOWN
        ? String.join(", ", rows)
        : String.join(", ", rows.subList(0, DIFFERENCES_SHOWN))
            + " and "
            + (rows.size() - DIFFERENCES_SHOWN)
            + " more rows of it";
  }

  private List<ComparedTable> mostWrittenFirst() throws SQLException {
    List<String> order =
        sides
            .main()
            .texts(
                """
                SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables
                ORDER BY n_tup_ins + n_tup_upd + n_tup_del DESC, 1""");
    Map<String, Integer> places = new HashMap<>();
    for (String name : order) {
      places.putIfAbsent(name, places.size());
    }
    List<ComparedTable> tables = new ArrayList<>(ComparedTable.read(sides.main()));
    tables.sort(Comparator.comparingInt(t -> places.getOrDefault(t.name(), Integer.MAX_VALUE)));
    return tables;
  }

  private Optional<Slice> slice(ComparedTable table) throws SQLException {
    if (table.sureOrder().isEmpty()) {
      long rows =
          sides
              .main()
              .one(
                  "SELECT count(*) FROM (SELECT 1 FROM " + table.name() + " LIMIT ?) few",
                  row -> row.getLong(1),
                  ROWS + 1);
      return rows > ROWS ? Optional.empty() : Optional.of(Slice.ALL);
    }
    KeyOrder order = table.sureOrder().get();
    Optional<List<String>> above =
        sides
            .main()
            .first(
                "SELECT %s FROM %s t ORDER BY %s OFFSET ? LIMIT 1"
                    .formatted(order.texts(), table.name(), order.descending()),
                row -> List.of((String[]) row.getArray(1).getArray()),
                ROWS);
    return Optional.of(Slice.range(order, above.orElse(List.of()), List.of()));
  }
}
