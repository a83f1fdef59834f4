package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gemel.core.Role;

/** Main's half of the replication: what it offers. */
final class Publication {
  private final Session session;
  private final DatabaseSettings settings;
  private final OwnSchema own;
  private final String name;
  private final Slots slots;

  Publication(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
    this.own = new OwnSchema(session);
    this.name = Names.of(settings.pair());
    this.slots = new Slots(session, name);
  }

  boolean exists() throws SQLException {
    return session.holds("SELECT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = ?)", name);
  }

  /** Tables on offer. */
  List<String> tables() throws SQLException {
    return session.texts(
        """
        SELECT format('%I.%I', schemaname, tablename) FROM pg_publication_tables
        WHERE pubname = ? AND schemaname <> 'gemel' ORDER BY 1""",
        name);
  }

  /** Offers all tables but these, for now. */
  Published publish(Set<String> without) throws SQLException, DatabaseFailure {
    own.create();
    requireMain();
    // Tables may come in now whose earlier rows no slot has.
    withdraw();
    offer(without);
    return new Published(tables(), new UserTables(session).notCarried());
  }

  /** Offers all tables, whatever the role of this database. */
  void offer() throws SQLException, DatabaseFailure {
    offer(Set.of());
  }

  private void offer(Set<String> without) throws SQLException, DatabaseFailure {
    requireLogicalLog();
    new ReplicationUser(session, settings).provide();
    session.transaction(
        () -> {
          List<String> tables = new ArrayList<>(new UserTables(session).replicable());
          tables.removeAll(without);
          new Canary(session).provide();
          offer(tables);
          // Looked at only now, since only now the tables are locked against losing their keys;
          // nobody else sees the offer before it is committed.
          requireIdentities();
        });
  }

  void unpublish() throws SQLException, DatabaseFailure {
    if (new TurnNotes(session).ofNewMain().isPresent()) {
      new TurnNotes(session).remove();
    }
    // The slots first: a publication left behind costs nothing, a slot fills the disk.
    slots.drop(own.followers());
    new ChangeLog(session, settings, ChangeLogLimits.standard()).stop();
    drop();
  }

  /** Without its slots. May be part of the caller's transaction. */
  void drop() throws SQLException {
    session.command("DROP PUBLICATION IF EXISTS " + Sql.identifier(name));
  }

  /** Takes back what was kept for the other side to follow without a copy, if it never did. */
  void withdraw() throws SQLException, DatabaseFailure {
    Optional<Turn> turn = new TurnNotes(session).ofNewMain();
    if (turn.isEmpty()) {
      return;
    }
    Optional<Slots.Slot> slot = slots.read();
    if (turn.get().start() == null || slot.isEmpty() || slot.get().isUntouched(turn.get())) {
      unpublish();
    } else {
      new TurnNotes(session).remove();
    }
  }

  private void offer(List<String> tables) throws SQLException {
    String publication = Sql.identifier(name);
    List<String> all = new ArrayList<>(tables);
    all.add(Canary.NAME);
    // A table that others inherit from brings them along otherwise.
    String list = "ONLY " + String.join(", ONLY ", all);
    boolean listed =
        session
            .first(
                "SELECT NOT puballtables FROM pg_publication WHERE pubname = ?",
                row -> row.getBoolean(1),
                name)
            .orElse(false);
    if (listed) {
      session.command("ALTER PUBLICATION " + publication + " SET TABLE " + list);
    } else {
      session.command("DROP PUBLICATION IF EXISTS " + publication);
      session.command("CREATE PUBLICATION " + publication + " FOR TABLE " + list);
    }
  }

  private void requireMain() throws SQLException, DatabaseFailure {
    Optional<Mark> mark = own.mark();
    if (mark.isEmpty() || mark.get().role() != Role.MAIN) {
      throw DatabaseFailure.refused(
          "this database marked " + mark.map(m -> m.role().toString()).orElse("as nothing yet"),
          "main: replication starts from a main database only",
          "set it main first, or start the replication from the other side");
    }
  }

  private void requireLogicalLog() throws SQLException, DatabaseFailure {
    String level = session.one("SHOW wal_level", row -> row.getString(1));
    if (!level.equals("logical")) {
      throw DatabaseFailure.refused(
          "wal_level = " + level + " on the server of " + settings.address(),
          "wal_level = logical",
          "set it in postgresql.conf and restart that server");
    }
  }

  private void requireIdentities() throws SQLException, DatabaseFailure {
    List<String> without = new UserTables(session).withoutIdentity();
    if (!without.isEmpty()) {
      throw DatabaseFailure.refused(
          "tables without a usable replica identity: " + String.join(", ", without),
          "each with a primary key that is not deferrable, or REPLICA IDENTITY FULL",
          "add a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL; as they are, publishing"
              + " them would make every UPDATE and DELETE on them fail");
    }
  }
}
