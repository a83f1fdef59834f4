package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Role;

/**
 * Role changes of one database. Whatever moment one is cut off at, this database is never open
 * while its mark says backup: the gate shuts before the mark changes, and opens together with it.
 */
final class Roles {
  private final Session session;
  private final Gate gate;
  private final OwnSchema own;
  private final Subscription subscription;
  private final Publication publication;
  private final TurnNotes notes;
  private final ChangeLog changes;

  Roles(Session session, DatabaseSettings settings) {
    this.session = session;
    this.publication = new Publication(session, settings);
    this.notes = new TurnNotes(session);
    this.changes = new ChangeLog(session, settings, ChangeLogLimits.standard());
    this.gate = new Gate(session, settings);
    this.own = new OwnSchema(session);
    this.subscription = new Subscription(session, settings);
  }

  void hold(Duration grace) throws SQLException, DatabaseFailure {
    gate.shut();
    new ClientSessions(session, gate).end(grace);
    // A prepared transaction outlives its session and can be committed by another one.
    List<String> prepared =
        session.texts(
            "SELECT gid || ' of ' || owner FROM pg_prepared_xacts"
                + " WHERE database = current_database() ORDER BY prepared");
    if (!prepared.isEmpty()) {
      throw DatabaseFailure.unfinished(
          "prepared transactions that are neither committed nor rolled back: " + prepared,
          "none",
          "the gate is shut; let their transaction coordinator decide each of them, then repeat");
    }
  }

  void markBackup(long epoch, Duration grace) throws SQLException, DatabaseFailure {
    own.create();
    own.requireEpoch(epoch);
    hold(grace);
    publication.withdraw(); // it leads nobody any more
    session.transaction(() -> own.setMark(Role.BACKUP, epoch));
  }

  void openAsMain(long epoch) throws SQLException, DatabaseFailure {
    own.create();
    own.requireEpoch(epoch);
    gate.requireRoles();
    if (subscription.exists()) {
      throw DatabaseFailure.refused(
          "this database following another one",
          "it to follow nothing before clients write to it",
          "stop the replication first");
    }
    Optional<Instant> copying = own.copyingSince();
    if (copying.isPresent()) {
      throw DatabaseFailure.refused(
          "only a part of a copy of main in this database, begun at " + copying.get(),
          "a whole copy",
          "start the replication again and let the first copy finish, or keep the other side main");
    }
    session.transaction(
        () -> {
          turnEnds();
          changes.opened();
          own.setMark(Role.MAIN, epoch);
          gate.open();
        });
  }

  /** From here on clients write: an old main has no last position, and a slot is there or never. */
  private void turnEnds() throws SQLException {
    Optional<Turn> turn = notes.read();
    if (turn.isEmpty()) {
      return;
    }
    if (!turn.get().leads()) {
      notes.remove();
    } else if (turn.get().mayFollow() && turn.get().start() == null) {
      notes.write(turn.get().disproven("it was opened before its log was kept for the way back"));
    }
  }
}
