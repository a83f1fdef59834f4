package org.gemel.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Role;

/**
 * A server on a copy of main's files, before anybody else may reach it.
 *
 * <p>What came along and could act or hold something goes first: transactions that main has
 * prepared (their changes come by the slot, should they be committed there, and would meet the
 * locks of the ones here), main's own subscriptions, other databases. Then the gate shuts, and last
 * the subscription is made, with its origin at the very place up to which the rows of this copy
 * are. It sleeps until main's log is handed over to it.
 */
final class CopiedServer {
  private static final String MAINTENANCE = "template1";

  private final DatabaseSettings settings;
  private final MainConnection main;
  private final Path socket;
  private final ServerCopy.Begun begun;
  private final String name;

  CopiedServer(
      DatabaseSettings settings, MainConnection main, Path socket, ServerCopy.Begun begun) {
    this.settings = settings;
    this.main = main;
    this.socket = socket;
    this.begun = begun;
    this.name = Names.of(settings.pair());
  }

  WalPosition makeBackup(long epoch) throws SQLException, DatabaseFailure {
    WalPosition end;
    try (Session session = open(MAINTENANCE)) {
      end = endOfRows(session);
      CopiedRoles.putBack(session, begun.verifiers(), settings.administrator().user());
      for (String database :
          session.texts("SELECT datname FROM pg_database WHERE datallowconn ORDER BY 1")) {
        quieten(database);
      }
      closeOthers(session);
      String here = settings.address().database();
      if (!here.equals(main.address().database())) {
        session.command(
            "ALTER DATABASE "
                + Sql.identifier(main.address().database())
                + " RENAME TO "
                + Sql.identifier(here));
      }
    }
    try (Session session = open(settings.address().database())) {
      session.leaveOut(settings.leftOut());
      new Gate(session, settings).shut();
      follow(session, epoch);
      advance(session, end);
    }
    return end;
  }

  /** All records that begin before it were applied, and none that begins at it or after. */
  private static WalPosition endOfRows(Session session) throws SQLException, DatabaseFailure {
    return session
        .first(
            "SELECT pg_last_wal_replay_lsn()::text WHERE NOT pg_is_in_recovery()",
            row -> Optional.ofNullable(row.getString(1)))
        .flatMap(end -> end)
        .map(WalPosition::parse)
        .orElseThrow(
            () ->
                DatabaseFailure.unfinished(
                    "a copied server that does not tell up to where it was recovered",
                    "that place, from which main has to send",
                    "start the replication again"));
  }

  /** Nothing that main prepared or subscribed to goes on here. */
  private void quieten(String database) throws SQLException, DatabaseFailure {
    try (Session session = open(database)) {
      for (String prepared :
          session.texts("SELECT gid FROM pg_prepared_xacts WHERE database = current_database()")) {
        session.command("ROLLBACK PREPARED " + Sql.literal(prepared));
      }
      for (String subscription :
          session.texts(
              "SELECT subname FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid"
                  + " WHERE d.datname = current_database()")) {
        String each = "SUBSCRIPTION " + Sql.identifier(subscription);
        session.command("ALTER " + each + " DISABLE");
        session.command("ALTER " + each + " SET (slot_name = NONE)");
        session.command("DROP " + each);
      }
    }
  }

  /** A copy of another pair's main would be a second main. */
  private void closeOthers(Session session) throws SQLException, DatabaseFailure {
    List<String> others =
        session.texts(
            "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate"
                + " AND datname <> ? ORDER BY 1",
            main.address().database());
    for (String other : others) {
      if (!other.equals("postgres") || isMarked(other)) {
        session.command("ALTER DATABASE " + Sql.identifier(other) + " ALLOW_CONNECTIONS false");
      }
    }
  }

  private boolean isMarked(String database) throws SQLException {
    try (Session session = open(database)) {
      return session.holds("SELECT to_regclass('gemel.mark') IS NOT NULL");
    }
  }

  private void follow(Session session, long epoch) throws SQLException, DatabaseFailure {
    OwnSchema own = new OwnSchema(session);
    own.create();
    Subscription subscription = new Subscription(session, settings);
    session.transaction(
        () -> {
          own.setMark(Role.BACKUP, epoch);
          subscription.endLeading();
          // What main knew of its own copies, comparisons and followers is not true here.
          new ComparisonNotes(session).forget();
          for (String table : List.of("follower", "copying", "copied", "index_aside")) {
            session.change("DELETE FROM gemel." + table);
          }
          subscription.createAsleep(main, begun.offer());
        });
    subscription.dropOrphanedOrigins();
  }

  private void advance(Session session, WalPosition end) throws SQLException, DatabaseFailure {
    String origin =
        session.one(
            "SELECT 'pg_' || oid FROM pg_subscription WHERE subname = ?",
            row -> row.getString(1),
            name);
    session.list(
        "SELECT pg_replication_origin_advance(?, ?::text::pg_lsn)",
        row -> true,
        origin,
        end.toString());
    String reached =
        session.one(
            "SELECT pg_replication_origin_progress(?, true)::text",
            row -> String.valueOf(row.getString(1)),
            origin);
    if (!reached.equals(end.toString())) {
      throw DatabaseFailure.unfinished(
          "the copy set to follow from " + reached,
          "from " + end + ", where its rows end",
          "start the replication again");
    }
  }

  private Session open(String database) throws SQLException {
    return Session.inFolder(socket, begun.superuser(), database);
  }
}
