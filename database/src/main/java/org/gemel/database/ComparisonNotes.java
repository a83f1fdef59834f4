package org.gemel.database;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a comparison is and what it found, kept on the backup, so that one that was cut off goes
 * on where it stood, and that what differs can be repaired afterwards.
 *
 * <p>A range is noted as compared in the very transaction that notes what differs in it.
 */
final class ComparisonNotes {
  static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS gemel.compared (
            name text PRIMARY KEY,
            expected_rows bigint NOT NULL,
            reached text[] NOT NULL DEFAULT '{}',
            finished boolean NOT NULL DEFAULT false,
            rows bigint NOT NULL DEFAULT 0,
            changing bigint NOT NULL DEFAULT 0)""",
          """
          CREATE TABLE IF NOT EXISTS gemel.differing (
            number bigserial PRIMARY KEY,
            name text NOT NULL,
            above text[] NOT NULL,
            up_to text[] NOT NULL,
            rows bigint NOT NULL,
            examples text[] NOT NULL)""",
          """
          CREATE TABLE IF NOT EXISTS gemel.comparison (
            single boolean PRIMARY KEY DEFAULT true CHECK (single),
            form text NOT NULL,
            begun timestamptz NOT NULL DEFAULT clock_timestamp(),
            ended timestamptz)""",
          // An earlier release made it without.
          "ALTER TABLE gemel.comparison ADD COLUMN IF NOT EXISTS conflicts text");

  private static final int EXAMPLES = 20;
  private static final int RANGES_TOLD = 20;

  /** A comparison of other tables, another main or another copy is not gone on with. */
  private static final String SAME =
      """
      SELECT EXISTS (SELECT 1 FROM gemel.comparison
        WHERE form = ? AND ended IS NULL AND begun > clock_timestamp() - interval '1 day')""";

  /** Where it stands at its beginning. */
  record Standing(
      int tables, int tablesDone, long rows, long expectedRows, long differing, boolean resumed) {}

  /**
   * A range that differs.
   *
   * @param number by which it is known here
   */
  record Noted(long number, DifferingRange range, List<RowDifference> examples) {}

  private final Session session;

  ComparisonNotes(Session session) {
    this.session = session;
  }

  boolean exist() throws SQLException {
    return session.holds("SELECT to_regclass('gemel.comparison') IS NOT NULL");
  }

  /**
   * Refuses what was compared of another main or of tables of another form: its ranges say nothing
   * of those of now, and to pass them over would look like equality.
   */
  void requireOf(String mainName, TableShapes shapes) throws SQLException, DatabaseFailure {
    if (exist()
        && session.holds(
            "SELECT EXISTS (SELECT 1 FROM gemel.comparison WHERE NOT starts_with(form, ?))",
            form(mainName, shapes))) {
      throw DatabaseFailure.refused(
          "a comparison with another main than " + mainName + ", or of tables of another form",
          "one of both databases as they are now",
          "compare them again, then repeat");
    }
  }

  /** What a comparison is of, as its form begins. */
  static String form(String mainName, TableShapes shapes) {
    return mainName + " " + shapes.fingerprint() + " ";
  }

  /**
   * Begins anew, unless one of this form was cut off.
   *
   * @param conflicts as counted by now; empty where nobody counts them
   */
  Standing begin(String form, Map<String, Long> tables, boolean anew, Optional<String> conflicts)
      throws SQLException, DatabaseFailure {
    boolean resumed = !anew && session.holds(SAME, form);
    if (!resumed) {
      session.transaction(
          () -> {
            forget();
            session.change(
                "INSERT INTO gemel.comparison (form, conflicts) VALUES (?, nullif(?, ''))",
                form,
                conflicts.orElse(""));
            for (Map.Entry<String, Long> table : tables.entrySet()) {
              session.change(
                  "INSERT INTO gemel.compared (name, expected_rows) VALUES (?, ?)",
                  table.getKey(),
                  table.getValue());
            }
          });
    }
    return session.one(
        """
        SELECT count(*), count(*) FILTER (WHERE finished), coalesce(sum(rows), 0),
          coalesce(sum(greatest(expected_rows, rows)), 0),
          (SELECT coalesce(sum(rows), 0) FROM gemel.differing)
        FROM gemel.compared""",
        row ->
            new Standing(
                row.getInt(1),
                row.getInt(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                resumed));
  }

  /** Part of the caller's transaction. */
  void forget() throws SQLException {
    if (exist()) {
      session.change("DELETE FROM gemel.comparison");
      session.change("DELETE FROM gemel.compared");
      session.change("DELETE FROM gemel.differing");
    }
  }

  /** The tables that are not compared to their end, with the last key compared; empty: none. */
  Map<String, List<String>> open() throws SQLException {
    Map<String, List<String>> open = new LinkedHashMap<>();
    session.list(
        "SELECT name, reached FROM gemel.compared WHERE NOT finished ORDER BY expected_rows DESC",
        row -> open.put(row.getString(1), texts(row.getArray(2))));
    return open;
  }

  /** This range is compared: the last of its table if it has no end. */
  private void compared(String form, KeyRange range, long rows, RangeLook.Found found)
      throws SQLException, DatabaseFailure {
    Map<String, RowDifference> differing = found.differing();
    session.transaction(
        () -> {
          requireOne(
              session.change(
                  """
                  UPDATE gemel.compared SET reached = ?, finished = ?, rows = rows + ?,
                    changing = changing + ? WHERE name = ?
                    AND EXISTS (SELECT 1 FROM gemel.comparison WHERE form = ? AND ended IS NULL)""",
                  range.upTo(),
                  range.upTo().isEmpty(),
                  rows,
                  found.changing(),
                  range.table(),
                  form));
          if (found.rows() > 0) {
            session.change(
                "INSERT INTO gemel.differing (name, above, up_to, rows, examples)"
                    + " VALUES (?, ?, ?, ?, ?)",
                range.table(),
                range.above(),
                range.upTo(),
                found.rows(),
                differing.values().stream().limit(EXAMPLES).map(ComparisonNotes::text).toList());
          }
        });
  }

  /** Notes each range, then counts it. */
  Comparison.Listener counted(String form, ComparisonCount count) {
    return (range, rows, found) -> {
      compared(form, range, rows, found);
      count.add(rows, found.rows(), range.upTo().isEmpty());
    };
  }

  /** The comparison of this form has come to its end; returns what it found. */
  List<TableComparison> end(String form) throws SQLException, DatabaseFailure {
    List<TableComparison> results = new ArrayList<>();
    session.transaction(
        () -> {
          requireOne(
              session.change(
                  "UPDATE gemel.comparison SET ended = clock_timestamp()"
                      + " WHERE form = ? AND ended IS NULL",
                  form));
          results.addAll(results());
          if (results.stream().allMatch(t -> t.differing() == 0 && t.changing() == 0)) {
            Optional<String> conflicts =
                session.first(
                    "SELECT conflicts FROM gemel.comparison WHERE conflicts IS NOT NULL",
                    row -> row.getString(1));
            if (conflicts.isPresent()) {
              Conflicts.settle(session, conflicts.get());
            }
          }
        });
    return results;
  }

  /** What was forgotten meanwhile would look like nothing that differs. */
  private static void requireOne(int changed) throws DatabaseFailure {
    if (changed != 1) {
      throw DatabaseFailure.unfinished(
          "what this comparison found so far forgotten, since the copy was begun anew meanwhile",
          "the same copy from its beginning to its end",
          "compare again");
    }
  }

  /** What was found, in the order of the tables' names. */
  private List<TableComparison> results() throws SQLException {
    Map<String, List<Noted>> differing = new LinkedHashMap<>();
    differing().forEach(n -> differing.computeIfAbsent(table(n), _ -> new ArrayList<>()).add(n));
    return session.list(
        "SELECT name, rows, changing FROM gemel.compared ORDER BY name COLLATE \"C\"",
        row -> {
          List<Noted> of = differing.getOrDefault(row.getString(1), List.of());
          return new TableComparison(
              row.getString(1),
              row.getLong(2),
              of.stream().mapToLong(n -> n.range().rows()).sum(),
              of.stream().flatMap(n -> n.examples().stream()).limit(EXAMPLES).toList(),
              of.stream().map(Noted::range).toList(),
              row.getLong(3));
        });
  }

  /** All ranges that differ, of whatever was compared so far. */
  List<Noted> differing() throws SQLException {
    return differing(Integer.MAX_VALUE);
  }

  private List<Noted> differing(int most) throws SQLException {
    if (!exist()) {
      return List.of();
    }
    return session.list(
        "SELECT number, name, above, up_to, rows, examples FROM gemel.differing ORDER BY number"
            + " LIMIT ?",
        row -> {
          String table = row.getString("name");
          return new Noted(
              row.getLong("number"),
              new DifferingRange(
                  new KeyRange(table, texts(row.getArray("above")), texts(row.getArray("up_to"))),
                  row.getLong("rows")),
              texts(row.getArray("examples")).stream().map(e -> example(table, e)).toList());
        },
        most);
  }

  /** It was looked at once more; alike, it is noted no longer. */
  void seenAgain(long number, long rows) throws SQLException {
    if (rows == 0) {
      session.change("DELETE FROM gemel.differing WHERE number = ?", number);
    } else {
      session.change("UPDATE gemel.differing SET rows = ? WHERE number = ?", rows, number);
    }
  }

  private static String table(Noted noted) {
    return noted.range().range().table();
  }

  /** One letter for where it is, then the key. */
  private static String text(RowDifference row) {
    return (row.onMain() ? row.onBackup() ? "=" : "m" : "b") + row.key();
  }

  private static RowDifference example(String table, String text) {
    char where = text.charAt(0);
    return new RowDifference(table, text.substring(1), where != 'b', where != 'm');
  }

  private static List<String> texts(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /** How the last one stands; empty where none was begun. */
  Optional<ComparisonState> state() throws SQLException {
    if (!exist()) {
      return Optional.empty();
    }
    List<DifferingRange> first = differing(RANGES_TOLD).stream().map(Noted::range).toList();
    return session.first(
        """
        SELECT c.begun, c.ended, t.tables, t.done, t.rows, d.rows AS differing, d.ranges
        FROM gemel.comparison c, (
          SELECT count(*) AS tables, count(*) FILTER (WHERE finished) AS done,
            coalesce(sum(rows), 0) AS rows FROM gemel.compared) t, (
          SELECT coalesce(sum(rows), 0) AS rows, count(*) AS ranges FROM gemel.differing) d""",
        row ->
            new ComparisonState(
                row.getTimestamp(1).toInstant(),
                Optional.ofNullable(row.getTimestamp(2)).map(Timestamp::toInstant),
                row.getInt(3),
                row.getInt(4),
                row.getLong(5),
                row.getLong(6),
                first,
                row.getLong(7)));
  }
}
