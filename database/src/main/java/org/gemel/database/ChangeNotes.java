package org.gemel.database;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was noted of the changes since the sides parted, in {@code gemel}; each side has its own.
 *
 * <p>{@code change_log} has a row from the parting until the pair is joined again. It says whether
 * the notes are complete: {@code broken} is empty, and the slot was made. Noting the same again
 * changes nothing, so a batch that was noted and not let go of is simply noted again.
 */
final class ChangeNotes {
  static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS gemel.change_log (
            single boolean PRIMARY KEY DEFAULT true CHECK (single),
            generation text NOT NULL,
            since timestamptz NOT NULL,
            begun boolean NOT NULL,
            offer text NOT NULL DEFAULT '',
            diverged timestamptz,
            broken text NOT NULL DEFAULT '',
            broken_since timestamptz)""",
          """
          CREATE TABLE IF NOT EXISTS gemel.changed_table (
            name text PRIMARY KEY,
            key_columns text[] NOT NULL,
            whole text NOT NULL,
            newest timestamptz NOT NULL)""",
          """
          CREATE TABLE IF NOT EXISTS gemel.changed_key (
            name text NOT NULL,
            digest text NOT NULL,
            key text NOT NULL,
            newest timestamptz NOT NULL,
            PRIMARY KEY (name, digest))""",
          """
          CREATE TABLE IF NOT EXISTS gemel.preview (
            hash text PRIMARY KEY,
            at timestamptz NOT NULL DEFAULT clock_timestamp(),
            tables text NOT NULL)""");
  static final String LAST_TABLE = "gemel.preview";

  /**
   * The log as a whole.
   *
   * @param generation of this side's content from the parting on
   * @param begun whether the slot was made
   * @param offer the fingerprint of the {@link Offer} that the slot sends
   * @param diverged when the first change was committed; null as long as there is none
   * @param broken why the notes are not complete; empty where they are
   */
  record Log(
      String generation,
      Instant since,
      boolean begun,
      String offer,
      @Nullable Instant diverged,
      String broken,
      @Nullable Instant brokenSince) {
    boolean complete() {
      return begun && broken.isEmpty();
    }
  }

  private final Session session;

  ChangeNotes(Session session) {
    this.session = session;
  }

  Optional<Log> log() throws SQLException {
    if (!session.holds("SELECT to_regclass('gemel.change_log') IS NOT NULL")) {
      return Optional.empty();
    }
    return session.first(
        "SELECT generation, since, begun, offer, diverged, broken, broken_since"
            + " FROM gemel.change_log",
        row ->
            new Log(
                row.getString("generation"),
                row.getTimestamp("since").toInstant(),
                row.getBoolean("begun"),
                row.getString("offer"),
                instant(row.getTimestamp("diverged")),
                row.getString("broken"),
                instant(row.getTimestamp("broken_since"))));
  }

  /** A new log with nothing in it. Part of the caller's transaction. */
  void begin(String generation) throws SQLException {
    forget();
    session.change(
        "INSERT INTO gemel.change_log (generation, since, begun)"
            + " VALUES (?, clock_timestamp(), false)",
        generation);
  }

  void slotMade(String offer) throws SQLException {
    session.change("UPDATE gemel.change_log SET begun = true, offer = ?", offer);
  }

  /** From here on the notes are not complete. What was noted stays: it did change. */
  void broken(String why) throws SQLException {
    session.change(
        "UPDATE gemel.change_log SET broken = ?, broken_since = clock_timestamp()"
            + " WHERE broken = ''",
        why);
  }

  /** Part of the caller's transaction. */
  void forget() throws SQLException {
    if (session.holds("SELECT to_regclass('" + LAST_TABLE + "') IS NOT NULL")) {
      for (String table : List.of("change_log", "changed_table", "changed_key", "preview")) {
        session.change("DELETE FROM gemel." + table);
      }
    }
  }

  /** Notes what changed. Part of the caller's transaction. */
  void note(Map<String, ChangedTable> tables, long mostKeys) throws SQLException {
    for (Map.Entry<String, ChangedTable> table : tables.entrySet()) {
      note(table.getKey(), table.getValue(), mostKeys);
      session.change(
          "UPDATE gemel.change_log SET diverged = least(diverged, ?)",
          Timestamp.from(table.getValue().newest()));
    }
  }

  private void note(String name, ChangedTable changed, long mostKeys) throws SQLException {
    session.change(
        """
        INSERT INTO gemel.changed_table AS found VALUES (?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET
          whole = CASE WHEN found.whole <> '' THEN found.whole
            WHEN excluded.whole = '' AND found.key_columns <> excluded.key_columns
              THEN 'its key was altered'
            ELSE excluded.whole END,
          newest = greatest(found.newest, excluded.newest)""",
        name,
        changed.columns(),
        changed.whole(),
        Timestamp.from(changed.newest()));
    List<String> keys = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    List<String> times = new ArrayList<>();
    changed
        .keys()
        .forEach(
            (key, at) -> {
              keys.add(key);
              digests.add(Keys.digest(key));
              times.add(at.toString());
            });
    session.change(
        """
        INSERT INTO gemel.changed_key AS found
        SELECT t.name, k.digest, k.key, k.newest::timestamptz
        FROM gemel.changed_table t,
          unnest(?::text[], ?::text[], ?::text[]) AS k(digest, key, newest)
        WHERE t.name = ? AND t.whole = ''
        ON CONFLICT (name, digest) DO UPDATE SET newest = greatest(found.newest, excluded.newest)""",
        digests,
        keys,
        times,
        name);
    session.change(
        """
        UPDATE gemel.changed_table SET whole = 'more than ' || ? || ' of its rows changed'
        WHERE name = ? AND whole = '' AND
          (SELECT count(*) FROM gemel.changed_key k WHERE k.name = changed_table.name) > ?""",
        mostKeys,
        name,
        mostKeys);
    session.change(
        """
        DELETE FROM gemel.changed_key k USING gemel.changed_table t
        WHERE k.name = t.name AND t.name = ? AND t.whole <> ''""",
        name);
  }

  /** Tables of which something was noted. */
  record Noted(List<String> columns, String whole, Instant newest) {}

  Map<String, Noted> tables() throws SQLException {
    Map<String, Noted> found = new TreeMap<>();
    if (log().isEmpty()) {
      return found;
    }
    session.list(
        "SELECT name, key_columns, whole, newest FROM gemel.changed_table",
        row ->
            found.put(
                row.getString(1),
                new Noted(
                    List.of((String[]) row.getArray(2).getArray()),
                    row.getString(3),
                    row.getTimestamp(4).toInstant())));
    return found;
  }

  /** Distinct keys noted so far. */
  long keys() throws SQLException {
    return log().isEmpty()
        ? 0
        : session.one("SELECT count(*) FROM gemel.changed_key", row -> row.getLong(1));
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
