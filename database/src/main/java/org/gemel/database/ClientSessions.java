package org.gemel.database;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;

/**
 * Ends the sessions of clients after the gate was shut, and proves that none is left.
 *
 * <p>Why none can slip through: a session that is starting holds a lock on the database's own entry
 * from before its privilege is checked until after it shows in {@code pg_stat_activity}. So one
 * that was let in before the gate was shut is seen either by its lock or, once that is gone, by its
 * entry there. Each look therefore reads the locks <em>first</em>, and the sessions in a later
 * statement.
 */
final class ClientSessions {
  private static final Duration PATIENCE_AFTER_GRACE = Duration.ofSeconds(30);
  private static final int CALM_LOOKS = 2;

  private static final String STARTING =
      """
      SELECT count(*) FROM pg_locks
      WHERE locktype = 'object' AND classid = 'pg_database'::regclass
        AND objid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()""";

  private static final String CLIENTS =
      """
      SELECT a.pid, a.usename::text, a.state, a.backend_type,
             a.xact_start IS NOT NULL AND a.xact_start <= ? AS in_flight
      FROM pg_stat_activity a LEFT JOIN pg_roles r ON r.oid = a.usesysid
      WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
        AND a.usesysid IS NOT NULL AND NOT coalesce(r.rolsuper, false)
        AND coalesce(a.usename, '') <> ALL (?) AND a.leader_pid IS NULL""";

  private record Client(long pid, String words, boolean inFlight) {}

  private final Session session;
  private final Gate gate;

  ClientSessions(Session session, Gate gate) {
    this.session = session;
    this.gate = gate;
  }

  /**
   * Returns when no client is left.
   *
   * @param grace for transactions that had begun before this call; others are ended at once
   */
  void end(Duration grace) throws SQLException, DatabaseFailure {
    Timestamp shut = session.one("SELECT clock_timestamp()", row -> row.getTimestamp(1));
    Patience forInFlight = new Patience(grace);
    Patience forAll = new Patience(grace.plus(PATIENCE_AFTER_GRACE));
    int calm = 0;
    while (true) {
      long starting = session.one(STARTING, row -> row.getLong(1));
      List<Client> clients = clients(shut);
      calm = starting == 0 && clients.isEmpty() ? calm + 1 : 0;
      if (calm == CALM_LOOKS) {
        return;
      }
      boolean graceOver = forInFlight.isOver();
      for (Client client : clients) {
        if (graceOver || !client.inFlight()) {
          session.one("SELECT pg_terminate_backend(?)", row -> row.getBoolean(1), (int) client.pid);
        }
      }
      if (forAll.isOver()) {
        throw DatabaseFailure.unfinished(
            starting
                + " sessions that do not finish starting, and clients that do not end: "
                + clients.stream().map(Client::words).toList(),
            "none",
            "the gate is shut; end these processes on the database server, then repeat");
      }
      forAll.pause();
    }
  }

  private List<Client> clients(Timestamp shut) throws SQLException {
    return session.list(
        CLIENTS,
        row ->
            new Client(
                row.getLong("pid"),
                row.getString("usename")
                    + " ("
                    + row.getString("backend_type")
                    + " "
                    + row.getLong("pid")
                    + ", "
                    + row.getString("state")
                    + ")",
                row.getBoolean("in_flight")),
        shut,
        gate.admitted());
  }
}
