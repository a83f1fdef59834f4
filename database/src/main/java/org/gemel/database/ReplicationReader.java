package org.gemel.database;

import java.sql.SQLException;
import java.util.Optional;
import org.gemel.database.preview.ChangeLogState;

/** Reads what replication does here; both halves are looked for, whatever the role. */
final class ReplicationReader {
  private final Session session;
  private final Publication publication;
  private final Subscription subscription;
  private final Slots slots;
  private final String name;
  private final ChangeLog changeLog;

  ReplicationReader(Session session, DatabaseSettings settings) {
    this.session = session;
    this.publication = new Publication(session, settings);
    this.subscription = new Subscription(session, settings);
    this.name = Names.of(settings.pair());
    this.slots = new Slots(session, name);
    this.changeLog = new ChangeLog(session, settings, ChangeLogLimits.standard());
  }

  Replication read() throws SQLException {
    Optional<Slots.Slot> slot = slots.read();
    boolean published = publication.exists();
    if (subscription.exists()) {
      return published || slot.isPresent()
          ? new Replication.Failed(
              "it follows another database and is offered to one at once: stop the replication")
          : backup();
    }
    Optional<ChangeLogState> changes = changeLog.state();
    if (slot.isEmpty() && changes.isPresent()) {
      return new Replication.None("none in progress; " + changes.get().words());
    }
    if (slot.isEmpty()) {
      return new Replication.None(
          published
              ? "it is offered to the backup, which does not follow yet"
              : "none in progress");
    }
    Optional<Turn> turn = new TurnNotes(session).ofNewMain();
    if (turn.isPresent()
        && slot.get().isUntouched(turn.get())
        && !slot.get().logStatus().equals("lost")) {
      return new Replication.None(
          "none in progress; the other side may follow "
              + (turn.get().differing().isEmpty()
                  ? "without a copy, and "
                  : "by a copy of " + String.join(", ", turn.get().differing()) + " only, and ")
              + slot.get().keptBytes()
              + " bytes of log are kept for that");
    }
    return master(published, slot.get());
  }

  /** What is kept for the other side, in whatever state; absent where nothing is. */
  Optional<KeptLog> keptLog() throws SQLException {
    return slots.read().map(slot -> new KeptLog(slot.keptBytes(), slot.room(), slot.active()));
  }

  private Replication master(boolean published, Slots.Slot slot) throws SQLException {
    if (!published) {
      return new Replication.Failed(
          "a slot was left over and keeps "
              + slot.keptBytes()
              + " bytes of log: stop the"
              + " replication");
    }
    if (slot.logStatus().equals("lost")) {
      return new Replication.Failed(
          "the backup was away for so long that main let go of the log it needs: start the"
              + " replication again");
    }
    if (!slot.active() && isCopied()) {
      return new Replication.Master(
          slot.lagBytes(),
          Optional.empty(),
          "its tables are being copied to the backup; main keeps "
              + slot.keptBytes()
              + " bytes of log for it");
    }
    if (!slot.active()) {
      return new Replication.Failed(
          "the backup is not connected; main keeps " + slot.keptBytes() + " bytes of log for it");
    }
    int unpublished =
        session.one(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND "
                + UserTables.OF_USERS
                + " AND NOT EXISTS (SELECT 1 FROM pg_publication_rel r JOIN pg_publication p"
                + " ON p.oid = r.prpubid WHERE r.prrelid = c.oid AND p.pubname = ?)",
            row -> row.getInt(1),
            name);
    String more =
        unpublished == 0
            ? ""
            : "; " + unpublished + " tables made since the start are not replicated: heal it";
    return new Replication.Master(
        slot.lagBytes(),
        slot.replayLag(),
        "running as replication master, stream in state '"
            + slot.streamState().orElse("starting")
            + "', "
            + slot.lagBytes()
            + " bytes not confirmed"
            + more);
  }

  private Replication backup() throws SQLException {
    InitialSync sync = subscription.sync();
    if (new CopyNotes(session).underway().isPresent()) {
      return isCopied()
          ? new Replication.Backup(sync, "first copy: " + sync.words())
          : new Replication.Failed(
              "the first copy was cut off ("
                  + sync.words()
                  + "): retry the run that started it, which goes on, or start the replication again");
    }
    if (subscription.isAsleep()) {
      return new Replication.Failed(
          "following was disabled on this server: start the replication again");
    }
    boolean working =
        session.holds(
            """
            SELECT EXISTS (SELECT 1 FROM pg_stat_subscription
              WHERE subname = ? AND relid IS NULL AND pid IS NOT NULL
                AND received_lsn IS NOT NULL)""",
            name);
    String errors = errors();
    if (!working && (sync.complete() || !errors.isEmpty())) {
      return new Replication.Failed(
          "its worker is not connected to main" + errors + "; it tries again by itself");
    }
    if (!sync.complete()) {
      return new Replication.Backup(sync, "first copy: " + sync.words() + errors);
    }
    return new Replication.Backup(sync, "running as replication backup, " + sync.words());
  }

  /** Whether sessions are there that copy, out of this database or into it. */
  private boolean isCopied() throws SQLException {
    return session.holds(
        "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = ?)",
        Session.copyingName(name));
  }

  /** The server counts a worker's errors; what they were stands only in its log. */
  private String errors() throws SQLException {
    if (session.one("SHOW server_version_num", row -> row.getInt(1)) < 150000) {
      return "";
    }
    long errors =
        session
            .first(
                "SELECT apply_error_count + sync_error_count FROM pg_stat_subscription_stats"
                    + " WHERE subname = ?",
                row -> row.getLong(1),
                name)
            .orElse(0L);
    return errors == 0
        ? ""
        : " (" + errors + " errors since the start; the database server's log says which)";
  }
}
