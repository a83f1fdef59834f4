package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Role;
import org.gemel.database.TableCopy.State;

/** The backup's half of the replication: the copy, and following. */
final class Subscription {
  private static final int ORIGIN_FILTER_SINCE = 160000;

  private final Session session;
  private final DatabaseSettings settings;
  private final OwnSchema own;
  private final String name;

  Subscription(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
    this.own = new OwnSchema(session);
    this.name = Names.of(settings.pair());
  }

  boolean exists() throws SQLException {
    return session.holds(
        """
        SELECT EXISTS (SELECT 1 FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
          WHERE s.subname = ? AND d.datname = current_database())""",
        name);
  }

  /**
   * The order: every condition; then the old subscription goes, which leaves this database a copy
   * of an earlier moment; then main's slot; then, in one transaction, all tables are emptied, the
   * copy is marked as begun and the subscription made. Cut off before that transaction, nothing is
   * lost; after it, the copy goes on by itself.
   */
  void subscribe(Session mainSession, MainConnection main, long epoch)
      throws SQLException, DatabaseFailure {
    own.create();
    own.requireEpoch(epoch);
    requireGatedBackup();
    MainReader reader = new MainReader(mainSession, main, name);
    reader.requireReady(session, epoch);
    reader.requireAlike(session);
    // Before the slot: what is altered later must show.
    String offer = new Offer(mainSession, name).fingerprint();
    unsubscribe();
    // What this side kept for a follower is of no use: it is about to be overwritten.
    new Slots(session, name).drop(own.followers());
    reader.makeSlot(
        session.one(
            "SELECT system_identifier::text FROM pg_control_system()", r -> r.getString(1)));
    List<String> tables = reader.tablesToEmpty();
    session.transaction(
        () -> {
          // Triggers of the application must not fire for what it did not do.
          session.command("SET LOCAL session_replication_role = replica");
          if (!tables.isEmpty()) {
            session.command("TRUNCATE " + String.join(", ", tables));
          }
          own.beginCopying();
          endLeading();
          create(main, offer, true);
        });
    dropChangeLog();
  }

  /** This side leads nobody, and has nothing of its own any more. Part of the transaction. */
  void endLeading() throws SQLException {
    new TurnNotes(session).remove();
    new ChangeNotes(session).forget();
    new Publication(session, settings).drop();
  }

  /** Its notes are gone already: cut off before, it is dropped when it is drained next. */
  void dropChangeLog() throws SQLException, DatabaseFailure {
    new Slots(session, Names.changeLog(settings.pair())).drop();
  }

  InitialSync initialSync() throws SQLException, DatabaseFailure {
    if (!exists()) {
      throw DatabaseFailure.refused(
          "this database following nothing", "a replication under way", "start the replication");
    }
    InitialSync sync = sync();
    if (sync.complete()) {
      own.endCopying();
    }
    return sync;
  }

  /** The main to copy from anew, where this copy can never come to its end. */
  Optional<MainConnection> mainOfStuckCopy() throws SQLException, DatabaseFailure {
    return new StuckCopy(session, name).main();
  }

  /** How far the copy is; changes nothing. */
  InitialSync sync() throws SQLException {
    List<TableCopy> tables =
        session.list(
            """
            SELECT format('%I.%I', n.nspname, c.relname), r.srsubstate::text
            FROM pg_subscription s JOIN pg_subscription_rel r ON r.srsubid = s.oid
              JOIN pg_class c ON c.oid = r.srrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE s.subname = ? ORDER BY 1""",
            row -> new TableCopy(row.getString(1), state(row.getString(2))), name);
    return new InitialSync(
        tables, tables.stream().allMatch(table -> table.state() == State.FOLLOWING));
  }

  void unsubscribe() throws SQLException, DatabaseFailure {
    if (exists()) {
      session.transaction(this::drop);
    }
    dropOrphanedOrigins();
  }

  /** Part of the caller's transaction; afterwards, {@link #dropOrphanedOrigins}. */
  void drop() throws SQLException {
    // The last chance to know whether the copy was whole.
    if (sync().complete()) {
      own.endCopying();
    }
    own.forgetFollowing();
    String subscription = "SUBSCRIPTION " + Sql.identifier(name);
    session.command("ALTER " + subscription + " DISABLE");
    // Without a slot's name it is dropped without asking main, which may be gone. Main's slot is
    // dropped on main.
    session.command("ALTER " + subscription + " SET (slot_name = NONE)");
    session.command("DROP " + subscription);
  }

  void requireGatedBackup() throws SQLException, DatabaseFailure {
    var mark = own.mark();
    if (mark.isEmpty() || mark.get().role() != Role.BACKUP) {
      throw DatabaseFailure.refused(
          "this database marked " + mark.map(m -> m.role().toString()).orElse("as nothing yet"),
          "backup, since it is about to be overwritten",
          "set it backup first");
    }
    Gate gate = new Gate(session, settings);
    List<String> leaks = gate.leaks();
    if (!leaks.isEmpty()) {
      throw DatabaseFailure.refused(
          "clients that can connect to this database: " + leaks,
          "none, since it is about to be overwritten",
          "set it backup again");
    }
  }

  /**
   * Makes it, with main's slot as it is. Part of the caller's transaction.
   *
   * @param offer the fingerprint of main's {@link Offer} from before the slot
   */
  void create(MainConnection main, String offer, boolean copy) throws SQLException {
    int version = session.one("SHOW server_version_num", row -> row.getInt(1));
    List<String> options =
        new ArrayList<>(
            List.of(
                "create_slot = false",
                "slot_name = " + Sql.identifier(name),
                "copy_data = " + copy,
                "streaming = on",
                // Not the default: a table's worker commits "copied" and asks main to drop its
                // slot, and what is lost of that in a crash is lost for good. See StuckCopy.
                "synchronous_commit = on"));
    if (version >= ORIGIN_FILTER_SINCE) {
      // Rows that main itself got from a replication do not come back here.
      options.add("origin = none");
    }
    session.command(
        "CREATE SUBSCRIPTION "
            + Sql.identifier(name)
            + " CONNECTION "
            + Sql.literal(ConnectionString.of(main))
            + " PUBLICATION "
            + Sql.identifier(name)
            + " WITH ("
            + String.join(", ", options)
            + ")");
    own.noteFollowing(name, offer);
  }

  /** Those named after a subscription that is no more; they would use up the server's few. */
  void dropOrphanedOrigins() throws SQLException {
    session.list(
        """
        SELECT pg_replication_origin_drop(o.roname) FROM pg_replication_origin o
        WHERE o.roname ~ '^pg_[0-9]+(_[0-9]+)?$'
          AND NOT EXISTS (SELECT 1 FROM pg_subscription s
            WHERE s.oid::text = substring(o.roname from '^pg_([0-9]+)'))""",
        row -> true);
  }

  private static State state(String letter) {
    return switch (letter) {
      case "i" -> State.WAITING;
      case "d" -> State.COPYING;
      case "f", "s" -> State.CATCHING_UP;
      case "r" -> State.FOLLOWING;
      default -> throw new IllegalStateException("unknown state of a table copy: " + letter);
    };
  }
}
