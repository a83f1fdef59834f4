package org.gemel.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The note about a change of direction, in {@code gemel.turn}; one a side.
 *
 * <p>The old main's says: up to {@code position} is everything I had, and nobody was let in since.
 * It goes in the transaction that opens this database again, and in the one that makes it follow.
 * The new main's says: I hold just what the other side held then, and my slot has everything from
 * {@code start} on. It goes with the slot. As long as both stand with the same token, the old main
 * may follow without a copy: what it lacks is in that slot, and nothing else.
 */
final class TurnNotes {
  static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS gemel.turn (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        token text NOT NULL,
        leads boolean NOT NULL,
        position pg_lsn NOT NULL,
        proven boolean NOT NULL,
        words text NOT NULL,
        start pg_lsn,
        offer text,
        writes bigint NOT NULL,
        differing text[] NOT NULL DEFAULT '{}',
        since timestamptz NOT NULL DEFAULT clock_timestamp())""";

  /** An earlier release made it without. */
  static final String DIFFERING =
      "ALTER TABLE gemel.turn ADD COLUMN IF NOT EXISTS differing text[] NOT NULL DEFAULT '{}'";

  private static final long NOT_COUNTED = -1;

  private final Session session;

  TurnNotes(Session session) {
    this.session = session;
  }

  Optional<Turn> read() throws SQLException {
    if (!session.holds("SELECT to_regclass('gemel.turn') IS NOT NULL")) {
      return Optional.empty();
    }
    return session.first(
        """
        SELECT token, leads, position::text, proven, words, start::text, offer, writes,
          ARRAY(SELECT jsonb_array_elements_text(coalesce(to_jsonb(t) -> 'differing', '[]')))
            AS differing
        FROM gemel.turn t""",
        row ->
            new Turn(
                row.getString("token"),
                row.getBoolean("leads"),
                WalPosition.parse(row.getString("position")),
                row.getBoolean("proven"),
                row.getString("words"),
                List.of((String[]) row.getArray("differing").getArray()),
                position(row.getString("start")),
                row.getString("offer"),
                row.getLong("writes")));
  }

  Optional<Turn> ofOldMain() throws SQLException {
    return read().filter(turn -> !turn.leads());
  }

  Optional<Turn> ofNewMain() throws SQLException {
    return read().filter(Turn::leads);
  }

  void write(Turn turn) throws SQLException {
    WalPosition start = turn.start();
    String offer = turn.offer();
    session.change(
        """
        INSERT INTO gemel.turn (token, leads, position, proven, words, start, offer, writes,
          differing)
        VALUES (?, ?, ?::text::pg_lsn, ?, ?, nullif(?, '')::pg_lsn, nullif(?, ''), ?, ?)
        ON CONFLICT (single) DO UPDATE SET token = excluded.token, leads = excluded.leads,
          position = excluded.position, proven = excluded.proven, words = excluded.words,
          start = excluded.start, offer = excluded.offer, writes = excluded.writes,
          differing = excluded.differing, since = excluded.since""",
        turn.token(),
        turn.leads(),
        turn.position().toString(),
        turn.proven(),
        turn.words(),
        start == null ? "" : start.toString(),
        offer == null ? "" : offer,
        turn.writes(),
        turn.differing());
  }

  void remove() throws SQLException {
    if (session.holds("SELECT to_regclass('gemel.turn') IS NOT NULL")) {
      session.change("DELETE FROM gemel.turn");
    }
  }

  /**
   * Rows written in all tables that are carried since the server began to count; a crash makes it
   * begin anew. Who wrote around the gate (a superuser) has counted up. Less than 0 where the
   * server does not count.
   */
  long writes() throws SQLException {
    if (session.holds("SELECT NOT current_setting('track_counts')::boolean")) {
      return NOT_COUNTED;
    }
    return session.one(
        """
        SELECT coalesce(sum(pg_stat_get_tuples_inserted(c.oid)
          + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid)), 0)::bigint
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND
        """
            + UserTables.OF_USERS,
        row -> row.getLong(1));
  }

  private static @Nullable WalPosition position(@Nullable String text) {
    return text == null ? null : WalPosition.parse(text);
  }
}
