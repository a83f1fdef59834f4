package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Role;

/** The backup's half of the replication: the copy, and following. */
final class Subscription {
  private static final int ORIGIN_FILTER_SINCE = 160000;

  /** Its name until it takes the old one's place; never outside a transaction. */
  private static final String NEXT = "gemel next";

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

  /** Where nothing that only this side has may be dropped. */
  void subscribe(Session mainSession, MainConnection main, long epoch)
      throws SQLException, DatabaseFailure {
    var _ = subscribe(mainSession, main, epoch, "");
  }

  /**
   * The order: every condition; then, in one transaction, this side gets main's definitions, all
   * tables are emptied, a subscription is made, which does nothing yet, takes the old one's place,
   * and the copy is marked as begun; then the slots of before. Refused or cut off before the end of
   * that transaction, this database follows whom it did; after it, {@link Copying} goes on.
   *
   * @param drop the hash of what only this side has and may be dropped; empty for nothing
   * @return what was altered here, a sentence
   */
  String subscribe(Session mainSession, MainConnection main, long epoch, String drop)
      throws SQLException, DatabaseFailure {
    own.create();
    own.requireEpoch(epoch);
    requireGatedBackup();
    MainReader reader = new MainReader(mainSession, main, name);
    reader.requireReady(session, epoch);
    SchemaParity parity = new SchemaParity(session, mainSession, settings, drop);
    parity.requirePossible();
    // Main must know whose slots those are before there are any.
    reader.addFollower(session.systemIdentifier());
    CopyLock.end(session, name);
    if (!begin(reader, parity, epoch)) {
      parity.addLabels();
      if (!begin(reader, parity, epoch)) {
        throw new IllegalStateException("labels of an enumeration that cannot be used");
      }
    }
    dropOrphanedOrigins();
    // What this side kept for a follower is of no use any more, nor what main kept for this one.
    new Slots(session, name).drop(own.followers());
    reader.dropSlots(session.systemIdentifier());
    dropChangeLog();
    return parity.words();
  }

  /** Returns whether it was done; if not, an enumeration's new labels must be committed first. */
  private boolean begin(MainReader reader, SchemaParity parity, long epoch)
      throws SQLException, DatabaseFailure {
    List<String> tables = reader.tablesToEmpty();
    List<String> emptied = new ArrayList<>(tables);
    emptied.add(Canary.NAME);
    try {
      session.transaction(
          () -> {
            // Triggers of the application must not fire for what it did not do.
            session.command("SET LOCAL session_replication_role = replica");
            endWorkers();
            parity.perform(tables);
            reader.requireAlike(session);
            new EmptyingAll(session).empty(emptied);
            new IndexesAside(session).putBack();
            endLeading();
            make(NEXT, reader.main(), false);
            // How far the old one came is gone with it even if the transaction is rolled back. So
            // nothing comes after it that may fail; until here the locks above held its workers.
            if (exists()) {
              drop();
            }
            session.command(
                "ALTER SUBSCRIPTION "
                    + Sql.identifier(NEXT)
                    + " RENAME TO "
                    + Sql.identifier(name));
            new CopyNotes(session).begin(epoch);
            new ComparisonNotes(session).forget(); // nothing of what it saw is here any more
          });
      return true;
    } catch (SchemaParity.LabelsFirst e) {
      return false;
    }
  }

  /**
   * They would hold tables for as long as a copy or a large transaction of theirs takes; begun
   * anew, they wait for the caller's locks, and lose nothing should it be rolled back.
   */
  private void endWorkers() throws SQLException {
    session.list(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_subscription"
            + " WHERE subname = ? AND pid IS NOT NULL AND subid IN (SELECT s.oid FROM"
            + " pg_subscription s JOIN pg_database d ON d.oid = s.subdbid"
            + " WHERE d.datname = current_database())",
        row -> true,
        name);
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
      own.endCopying(name);
    }
    return sync;
  }

  /** The main to copy from anew, where this copy can never come to its end. */
  Optional<MainConnection> mainOfStuckCopy() throws SQLException, DatabaseFailure {
    return new StuckCopy(session, name).main();
  }

  /** Whether it is there, and does nothing. */
  boolean isAsleep() throws SQLException {
    return session.holds(
        """
        SELECT EXISTS (SELECT 1 FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
          WHERE s.subname = ? AND d.datname = current_database() AND NOT s.subenabled)""",
        name);
  }

  /** How far the copy is; changes nothing. */
  InitialSync sync() throws SQLException {
    return new CopyProgress(session, name).read();
  }

  /** Lets it follow from main's slot on. Part of the caller's transaction. */
  void enable(String offer) throws SQLException {
    session.command("ALTER SUBSCRIPTION " + Sql.identifier(name) + " ENABLE");
    own.noteFollowing(name, offer);
  }

  /**
   * Lets PostgreSQL itself copy the tables that are not whole, as if it had been told so when the
   * subscription was made, which has done nothing yet. Part of the caller's transaction.
   */
  void leaveRestToServer() throws SQLException {
    session.change(
        """
        UPDATE pg_subscription_rel r SET srsubstate = 'i', srsublsn = NULL FROM pg_subscription s
        WHERE s.oid = r.srsubid AND s.subname = ? AND NOT s.subenabled
          AND NOT EXISTS (SELECT 1 FROM gemel.copied t
            WHERE t.relation = r.srrelid AND t.parts_done = t.parts)""",
        name);
  }

  /**
   * Has PostgreSQL copy these tables, as if it had been told so when the subscription was made;
   * part of the transaction that makes it.
   */
  void copyByServer(List<String> tables) throws SQLException {
    session.change(
        """
        UPDATE pg_subscription_rel r SET srsubstate = 'i', srsublsn = NULL FROM pg_subscription s
        WHERE s.oid = r.srsubid AND s.subname = ?
          AND r.srrelid = ANY (SELECT to_regclass(t) FROM unnest(?::text[]) t)""",
        name,
        tables);
  }

  /** Main, as the subscription reaches it. */
  MainConnection main() throws SQLException, DatabaseFailure {
    return ConnectionString.parse(
        session.one(
            "SELECT subconninfo FROM pg_subscription WHERE subname = ?",
            row -> row.getString(1),
            name));
  }

  /** The tables it replicates. */
  List<String> tables() throws SQLException {
    return session.texts(
        """
        SELECT format('%I.%I', n.nspname, c.relname) AS name
        FROM pg_subscription s JOIN pg_subscription_rel r ON r.srsubid = s.oid
          JOIN pg_class c ON c.oid = r.srrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE s.subname = ? ORDER BY 1""",
        name);
  }

  void unsubscribe() throws SQLException, DatabaseFailure {
    CopyLock.end(session, name);
    if (exists()) {
      session.transaction(this::drop);
    }
    dropOrphanedOrigins();
  }

  /** Part of the caller's transaction; afterwards, {@link #dropOrphanedOrigins}. */
  void drop() throws SQLException {
    // The last chance to know whether the copy was whole.
    if (sync().complete()) {
      own.endCopying(name);
    }
    new CopyNotes(session).giveUp();
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
   * @param offer the text of main's {@link Offer} from before the slot
   */
  void create(MainConnection main, String offer) throws SQLException {
    create(main, offer, true);
  }

  /** The same, doing nothing until it is {@link #enable}d: main's slot is still to come. */
  void createAsleep(MainConnection main, String offer) throws SQLException {
    create(main, offer, false);
  }

  private void create(MainConnection main, String offer, boolean enabled) throws SQLException {
    make(name, main, enabled);
    // Nothing is copied, and the first change of that row would find none here.
    new Canary(session).provide();
    own.noteFollowing(name, offer);
  }

  private void make(String called, MainConnection main, boolean enabled) throws SQLException {
    int version = session.one("SHOW server_version_num", row -> row.getInt(1));
    List<String> options =
        new ArrayList<>(
            List.of(
                "create_slot = false",
                "slot_name = " + Sql.identifier(name),
                "copy_data = false",
                "enabled = " + enabled,
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
            + Sql.identifier(called)
            + " CONNECTION "
            + Sql.literal(ConnectionString.of(main))
            + " PUBLICATION "
            + Sql.identifier(name)
            + " WITH ("
            + String.join(", ", options)
            + ")");
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
}
