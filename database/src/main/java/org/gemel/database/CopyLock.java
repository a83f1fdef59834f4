package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;

/** Tells a copy under way from one that was cut off: its leader's session holds a lock. */
final class CopyLock {
  private static final long KEY = 0x67656D656C_63L; // "gemelc"
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private CopyLock() {}

  /** Whether this session leads from here on. It goes with the session. */
  static boolean take(Session session) throws SQLException {
    return session.holds("SELECT pg_try_advisory_lock(?)", KEY);
  }

  static void give(Session session) throws SQLException {
    session.list("SELECT pg_advisory_unlock(?)", row -> true, KEY);
  }

  /**
   * Whoever still carries rows for a leader who is gone, or is just committing them, ends. After
   * {@link CopyNotes#takeOver}, so that who is between two parts now commits none any more. Others
   * who wait for this lock are left alone.
   */
  static void endCarriers(Session lead, String pair) throws SQLException, DatabaseFailure {
    Patience patience = new Patience(PATIENCE);
    while (!lead.list(
            """
            SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
            WHERE a.datname = current_database() AND a.application_name = ?
              AND a.pid <> pg_backend_pid() AND EXISTS (
                SELECT 1 FROM pg_locks l JOIN gemel.copied c ON c.relation = l.relation
                WHERE l.pid = a.pid AND l.locktype = 'relation')""",
            row -> true,
            Session.copyingName(pair))
        .isEmpty()) {
      if (patience.isOver()) {
        throw DatabaseFailure.unfinished(
            "rows of a copy that was cut off still being written", "it ended", "repeat");
      }
      patience.pause();
    }
  }

  /** Ends a copy under way, if there is one: its leader and whoever carries rows for it. */
  static void end(Session session, String pair) throws SQLException, DatabaseFailure {
    if (new CopyNotes(session).underway().isEmpty()) {
      return;
    }
    Patience patience = new Patience(PATIENCE);
    while (true) {
      session.list(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = ? AND pid <> pg_backend_pid()""",
          row -> true,
          Session.copyingName(pair));
      if (take(session)) {
        give(session);
        return;
      }
      if (patience.isOver()) {
        throw DatabaseFailure.unfinished(
            "a copy into this database that does not end", "it ended", "repeat");
      }
      patience.pause();
    }
  }
}
