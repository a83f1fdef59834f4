package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The replication slots of this pair in main's database: the one the backup follows, and those of
 * its table copies, which are named {@code pg_<subscription>_sync_<table>_<system>} by the backup.
 *
 * <p>A slot keeps log until it is dropped. One that nobody reads fills main's disk.
 */
final class Slots {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The slot as it is now. */
  record Slot(
      boolean active,
      String logStatus,
      @Nullable WalPosition confirmed,
      long lagBytes,
      long keptBytes,
      OptionalLong room,
      Optional<String> streamState,
      Optional<Duration> replayLag) {

    /** Whether nobody has read from it since it was made for this turn. */
    boolean isUntouched(Turn turn) {
      return !active && confirmed != null && confirmed.equals(turn.start());
    }
  }

  private final Session session;
  private final String name;

  Slots(Session session, String name) {
    this.session = session;
    this.name = name;
  }

  Optional<Slot> read() throws SQLException {
    return session.first(
        """
        SELECT s.active, coalesce(s.wal_status, 'lost') AS wal_status,
          s.confirmed_flush_lsn::text AS confirmed,
          coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn), -1)::bigint AS lag,
          coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::bigint AS kept,
          s.safe_wal_size AS room,
          w.state, (extract(epoch FROM w.replay_lag) * 1000000)::bigint AS replay_micros
        FROM pg_replication_slots s LEFT JOIN pg_stat_replication w ON w.pid = s.active_pid
        WHERE s.slot_name = ? AND s.database = current_database()""",
        row -> {
          String confirmed = row.getString("confirmed");
          long room = row.getLong("room");
          OptionalLong left = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(room);
          long replayMicros = row.getLong("replay_micros");
          Optional<Duration> replayLag =
              row.wasNull() ? Optional.empty() : Optional.of(Duration.ofNanos(replayMicros * 1000));
          return new Slot(
              row.getBoolean("active"),
              row.getString("wal_status"),
              confirmed == null ? null : WalPosition.parse(confirmed),
              Math.max(row.getLong("lag"), -1),
              row.getLong("kept"),
              left,
              Optional.ofNullable(row.getString("state")),
              replayLag);
        },
        name);
  }

  /** The table copies of these followers that are under way or were left over. */
  List<String> ofTableCopies(List<String> systemIdentifiers) throws SQLException {
    List<String> found = new ArrayList<>();
    for (String system : systemIdentifiers) {
      found.addAll(
          session.texts(
              """
              SELECT slot_name::text FROM pg_replication_slots
              WHERE database = current_database() AND slot_name ~ '^pg_[0-9]+_sync_[0-9]+_[0-9]+$'
                AND split_part(slot_name, '_', 5) = ? ORDER BY 1""",
              system));
    }
    return found;
  }

  /** Drops this one slot, in use or not, if it is there. */
  void drop() throws SQLException, DatabaseFailure {
    drop(name);
  }

  /**
   * Drops the pair's slot, that of a copy of the whole server, and those of these followers' table
   * copies, in use or not.
   */
  void drop(List<String> followers) throws SQLException, DatabaseFailure {
    drop(name);
    drop(Names.serverCopy(name));
    dropTableCopies(followers);
  }

  void dropTableCopies(List<String> followers) throws SQLException, DatabaseFailure {
    for (String slot : ofTableCopies(followers)) {
      drop(slot);
    }
  }

  /**
   * Makes the pair's slot, and returns the place from which it has everything. That waits for all
   * transactions of the server that are in flight.
   */
  WalPosition make(Duration patience) throws SQLException, DatabaseFailure {
    session.statementTimeout(patience);
    try {
      return session.one(
          "SELECT lsn::text FROM pg_create_logical_replication_slot(?, 'pgoutput')",
          row -> WalPosition.parse(row.getString(1)),
          name);
    } catch (SQLException e) {
      if (Failures.state(e).equals(Failures.STATEMENT_CANCELLED)) {
        throw openTransactions(patience);
      }
      throw e;
    }
  }

  /** Makes another slot of that one's place, to go on under the other name. */
  void copyTo(String other) throws SQLException {
    session.list("SELECT pg_copy_logical_replication_slot(?, ?)", row -> true, name, other);
  }

  /** No slot came to be, since a transaction of that server did not end in this time. */
  static DatabaseFailure openTransactions(Duration patience) {
    return DatabaseFailure.unfinished(
        "transactions on that server that stay open for more than " + patience.toSeconds() + " s",
        "a moment at which all that had begun before have ended, to begin from",
        "end the oldest transactions there, then repeat");
  }

  private void drop(String slot) throws SQLException, DatabaseFailure {
    Patience patience = new Patience(PATIENCE);
    while (true) {
      // Its reader would be back within a second, so it is ended just before each attempt.
      session.list(
          """
          SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots
          WHERE slot_name = ? AND database = current_database() AND active_pid IS NOT NULL""",
          row -> row.getBoolean(1),
          slot);
      try {
        session.list(
            """
            SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
            WHERE slot_name = ? AND database = current_database()""",
            row -> true,
            slot);
        return;
      } catch (SQLException e) {
        if (Failures.state(e).equals(Failures.UNDEFINED_OBJECT)) {
          return; // gone between our two looks
        }
        if (!Failures.state(e).equals(Failures.OBJECT_IN_USE)) {
          throw e;
        }
      }
      if (patience.isOver()) {
        throw DatabaseFailure.unfinished(
            "the slot " + slot + " still in use after its reader was ended many times",
            "it to be free",
            "stop whoever reads it, then repeat");
      }
      patience.pause();
    }
  }
}
