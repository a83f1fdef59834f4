package org.gemel.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads the same of both sides at the same time, over sessions that write values the same way: the
 * text of a time, a number or a byte string depends on a session's settings.
 */
final class BothSides {
  private static final String ALIKE =
      """
      SELECT set_config('DateStyle', 'ISO, YMD', false), set_config('TimeZone', 'UTC', false),
        set_config('IntervalStyle', 'postgres', false), set_config('extra_float_digits', '1', false),
        set_config('bytea_output', 'hex', false), set_config('lc_monetary', 'C', false),
        set_config('xmlbinary', 'base64', false)""";

  private static final int KEYS_AT_A_TIME = 500;

  private final Session main;
  private final Session backup;

  BothSides(Session main, Session backup) throws SQLException {
    this.main = main;
    this.backup = backup;
    alike(main);
    alike(backup);
  }

  static void alike(Session session) throws SQLException {
    session.list(ALIKE, _ -> true);
  }

  /** What is read on either side. */
  record Read<T>(T main, T backup) {
    boolean alike() {
      return main.equals(backup);
    }
  }

  /**
   * What a side has under a key.
   *
   * @param version another one after each change on that side, also back to what it was
   */
  record Row(Digest content, Digest version) {
    private static Row of(ResultSet row) throws SQLException {
      return new Row(Digest.ofRow(row.getLong(2)), Digest.ofRow(row.getLong(3)));
    }

    private Row and(Row other) {
      return new Row(content.and(other.content), version.and(other.version));
    }
  }

  /** What to read. */
  interface Query<T> {
    T of(Session session) throws SQLException, DatabaseFailure;
  }

  void statementTimeout(Duration timeout) throws SQLException {
    main.statementTimeout(timeout);
    backup.statementTimeout(timeout);
  }

  /**
   * From here on, ranges of this table are read over its key's index: of a table that was never
   * analyzed, as after a copy, the server would otherwise believe a third of it to be in any range
   * that is open at one end, and read all of it.
   */
  void begin(ComparedTable table) throws SQLException, DatabaseFailure {
    String scans = table.order().isPresent() ? "off" : "on";
    var _ =
        read(
            session ->
                session.list(
                    "SELECT set_config('enable_seqscan', ?, false),"
                        + " set_config('enable_hashjoin', ?, false),"
                        + " set_config('enable_mergejoin', ?, false)",
                    _ -> true,
                    scans,
                    scans,
                    scans));
  }

  Session main() {
    return main;
  }

  Session backup() {
    return backup;
  }

  <T> Read<T> read(Query<T> query) throws SQLException, DatabaseFailure {
    FutureTask<T> onMain = new FutureTask<>(() -> query.of(main));
    Thread.ofVirtual().start(onMain);
    T onBackup = query.of(backup);
    try {
      return new Read<>(onMain.get(), onBackup);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      }
      if (e.getCause() instanceof DatabaseFailure failed) {
        throw failed;
      }
      throw new IllegalStateException("reading main failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DatabaseFailure.unfinished(
          "this comparison interrupted", "it to end by itself", "repeat it");
    }
  }

  Read<Digest> digests(ComparedTable table, Slice slice) throws SQLException, DatabaseFailure {
    return read(session -> digest(session, table, slice));
  }

  static Digest digest(Session session, ComparedTable table, Slice slice) throws SQLException {
    return session.one(
        table.digestQuery(slice),
        row -> new Digest(row.getLong(1), row.getBigDecimal(2)),
        slice.parameters().toArray());
  }

  /** The rows of a slice that are not alike: what each side has of them, by key. */
  Map<String, RowDifference> differences(ComparedTable table, Slice slice)
      throws SQLException, DatabaseFailure {
    Read<Map<String, Row>> rows = read(session -> rows(session, table, slice));
    Map<String, RowDifference> differing = new TreeMap<>();
    for (String key : keys(rows.main(), rows.backup())) {
      Row here = rows.main().get(key);
      Row there = rows.backup().get(key);
      if (here == null || there == null || !here.content().equals(there.content())) {
        differing.put(key, new RowDifference(table.name(), key, here != null, there != null));
      }
    }
    return differing;
  }

  @SafeVarargs
  static Set<String> keys(Map<String, Row>... maps) {
    Set<String> keys = new TreeSet<>();
    for (Map<String, Row> map : maps) {
      keys.addAll(map.keySet());
    }
    return keys;
  }

  /** What a side has under these keys, by those, each written as a row of the key's columns. */
  static Map<String, Row> rows(Session session, ComparedTable table, Collection<String> keys)
      throws SQLException {
    Map<String, Row> rows = new HashMap<>();
    eachByKey(
        session, table.keysQuery(), keys, (key, row) -> rows.merge(key, Row.of(row), Row::and));
    return rows;
  }

  /** What is done with a row that was found under a key. */
  interface Found {
    void read(String key, ResultSet row) throws SQLException;
  }

  /** The rows of a query whose parameter is a list of keys, a part of them at a time. */
  static void eachByKey(Session session, String query, Collection<String> keys, Found found)
      throws SQLException {
    Map<String, String> asked = new LinkedHashMap<>();
    keys.forEach(key -> asked.put(Keys.text(RowText.fields(key)), key));
    List<String> all = List.copyOf(asked.keySet());
    for (int from = 0; from < all.size(); from += KEYS_AT_A_TIME) {
      session.list(
          query,
          row -> {
            String key = row.getString(1);
            found.read(asked.getOrDefault(key, key), row);
            return true;
          },
          all.subList(from, Math.min(all.size(), from + KEYS_AT_A_TIME)));
    }
  }

  /** What a side has under each key of a slice. */
  static Map<String, Row> rows(Session session, ComparedTable table, Slice slice)
      throws SQLException {
    Map<String, Row> rows = new HashMap<>();
    session.list(
        table.rowsQuery(slice),
        row -> rows.merge(row.getString(1), Row.of(row), Row::and),
        slice.parameters().toArray());
    return rows;
  }
}
