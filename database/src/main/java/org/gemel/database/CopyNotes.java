package org.gemel.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the backup knows of a copy that Gemel makes, so that any caller can go on with it.
 *
 * <p>{@code gemel.copying} has a token from the moment the tables were emptied until following was
 * allowed. {@code gemel.copied} counts a table's parts in the very transactions that bring their
 * rows, so a table is whole if and only if all its parts are counted. {@code gemel.index_aside}
 * lists the indexes that are not kept up meanwhile, see {@link IndexesAside}.
 */
final class CopyNotes {
  static final List<String> TABLES =
      List.of(
          "ALTER TABLE gemel.copying ADD COLUMN IF NOT EXISTS token text,"
              + " ADD COLUMN IF NOT EXISTS epoch bigint,"
              + " ADD COLUMN IF NOT EXISTS begun timestamptz,"
              + " ADD COLUMN IF NOT EXISTS slot_start text,"
              + " ADD COLUMN IF NOT EXISTS offer text,"
              + " ADD COLUMN IF NOT EXISTS broken_off text",
          """
          CREATE TABLE IF NOT EXISTS gemel.copied (
            relation oid PRIMARY KEY,
            total_bytes bigint NOT NULL,
            total_rows bigint NOT NULL,
            parts bigint NOT NULL,
            parts_done bigint NOT NULL DEFAULT 0,
            rows bigint NOT NULL DEFAULT 0)""",
          "CREATE TABLE IF NOT EXISTS gemel.index_aside (relation oid PRIMARY KEY)");

  /**
   * A copy under way.
   *
   * @param epoch of the command that began it
   * @param slotStart where main's slot starts that belongs to its rows; null while there is none
   */
  record Underway(String token, long epoch, @Nullable String slotStart, @Nullable String offer) {}

  private final Session session;

  CopyNotes(Session session) {
    this.session = session;
  }

  /** All tables were emptied just now, by a command of this epoch. Part of that transaction. */
  void begin(long epoch) throws SQLException {
    session.change(
        """
        INSERT INTO gemel.copying (token, epoch, begun) VALUES (?, ?, clock_timestamp())
        ON CONFLICT (single) DO UPDATE SET token = excluded.token, epoch = excluded.epoch, begun = excluded.begun,
          slot_start = NULL, offer = NULL, broken_off = NULL, healing = false""",
        UUID.randomUUID().toString(),
        epoch);
    session.change("DELETE FROM gemel.copied");
    session.change("DELETE FROM gemel.index_aside");
  }

  /** Whether there is a place for them; an earlier release made none. */
  boolean exist() throws SQLException {
    return session.holds("SELECT to_regclass('gemel.index_aside') IS NOT NULL");
  }

  Optional<Underway> underway() throws SQLException {
    if (!exist()) {
      return Optional.empty();
    }
    return session.first(
        "SELECT token, epoch, slot_start, offer FROM gemel.copying WHERE token IS NOT NULL",
        row -> new Underway(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)));
  }

  /** Rows begin to come, from before this slot's start. Part of the caller's transaction. */
  void plan(String token, WalPosition slotStart, String offer, List<CopiedTable> tables)
      throws SQLException, DatabaseFailure {
    require(token);
    session.change(
        "UPDATE gemel.copying SET slot_start = ?, offer = ?", slotStart.toString(), offer);
    for (CopiedTable table : tables) {
      session.change(
          """
          INSERT INTO gemel.copied (relation, total_bytes, total_rows, parts)
          VALUES (to_regclass(?), ?, ?, ?)""",
          table.name(),
          table.bytes(),
          table.rows(),
          table.parts().size());
    }
  }

  /** A part's rows are here. Part of the transaction that brings them. */
  void count(String token, String table, long rows) throws SQLException, DatabaseFailure {
    int counted =
        session.change(
            """
            UPDATE gemel.copied SET parts_done = parts_done + 1, rows = rows + ?
            WHERE relation = to_regclass(?)
              AND EXISTS (SELECT 1 FROM gemel.copying WHERE token = ?)""",
            rows,
            table,
            token);
    if (counted != 1) {
      throw another();
    }
  }

  /** Why Gemel's own copy did not come to its end. */
  void brokenOff(String token, String words) throws SQLException {
    session.change("UPDATE gemel.copying SET broken_off = ? WHERE token = ?", words, token);
  }

  /** What came of tables that are not whole goes again: PostgreSQL copies those. */
  void emptyParts() throws SQLException, DatabaseFailure {
    List<String> partly =
        session.texts(
            """
            SELECT format('%I.%I', n.nspname, c.relname) FROM gemel.copied t
              JOIN pg_class c ON c.oid = t.relation JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE t.parts_done BETWEEN 1 AND t.parts - 1""");
    for (String table : partly) {
      session.transaction(
          () -> {
            session.command("SET LOCAL session_replication_role = replica");
            Emptying.empty(session, table);
            session.change(
                "UPDATE gemel.copied SET parts_done = 0, rows = 0 WHERE relation = to_regclass(?)",
                table);
          });
    }
  }

  /**
   * From here on it goes by another token, so that no late stream of whoever led before brings
   * another part: its count fails. Returns the new one.
   */
  String takeOver(String token) throws SQLException, DatabaseFailure {
    String mine = UUID.randomUUID().toString();
    if (session.change("UPDATE gemel.copying SET token = ? WHERE token = ?", mine, token) != 1) {
      throw another();
    }
    return mine;
  }

  /** Following is allowed. Part of that transaction. */
  void end(String token) throws SQLException, DatabaseFailure {
    require(token);
    session.change("UPDATE gemel.copying SET token = NULL");
  }

  /**
   * Nobody goes on with it; that there is only a part stays noted. Part of the caller's
   * transaction.
   */
  void giveUp() throws SQLException {
    if (exist()) {
      session.change("UPDATE gemel.copying SET token = NULL");
    }
  }

  /** Refuses to go on for a copy that another one took the place of, until the transaction ends. */
  void require(String token) throws SQLException, DatabaseFailure {
    if (session
        .texts("SELECT token FROM gemel.copying WHERE token = ? FOR UPDATE", token)
        .isEmpty()) {
      throw another();
    }
  }

  private static DatabaseFailure another() {
    return DatabaseFailure.unfinished(
        "this copy ended or begun anew by somebody else",
        "one copy at a time",
        "nothing need be done: see how far the other one is");
  }
}
