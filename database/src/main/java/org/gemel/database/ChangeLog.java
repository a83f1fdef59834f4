package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gemel.database.preview.ChangeLogState;

/**
 * Which rows changed here since the sides parted: read from a slot of its own, so that nothing lies
 * in a client's way, and noted by keys ({@link ChangeNotes}).
 *
 * <p>No change of a client comes before the slot. Main's is a copy of the slot that the backup
 * followed, made before that one goes: it begins at what the backup had confirmed. The backup's is
 * made after it ceased to follow, so that main's rows are not taken for its own, and while its gate
 * is shut; opened before, the log is broken from the start, and says so.
 *
 * <p>A slot advances outside of transactions. So what was peeked is noted and committed first, then
 * the slot advances; cut off between, the same is noted again.
 *
 * <p>Parting the sides never fails for want of a log: it is broken then, in words.
 */
final class ChangeLog {
  private static final Duration SLOT_PATIENCE = Duration.ofSeconds(10);
  private static final Duration DRAIN_TIME = Duration.ofSeconds(20);

  private final Session session;
  private final DatabaseSettings settings;
  private final ChangeLogLimits limits;
  private final ChangeNotes notes;
  private final OwnSchema own;
  private final String pair;
  private final String name;
  private final Slots slots;

  ChangeLog(Session session, DatabaseSettings settings, ChangeLogLimits limits) {
    this.session = session;
    this.settings = settings;
    this.limits = limits;
    this.notes = new ChangeNotes(session);
    this.own = new OwnSchema(session);
    this.pair = Names.of(settings.pair());
    this.name = Names.changeLog(settings.pair());
    this.slots = new Slots(session, name);
  }

  /** On the side that was followed: takes down its end, and notes its changes from there on. */
  void partFromFollower() throws SQLException, DatabaseFailure {
    own.create();
    Slots followed = new Slots(session, pair);
    Optional<Slots.Slot> slot = followed.read();
    boolean led = new Publication(session, settings).exists();
    if (slot.isEmpty() && (notes.log().isPresent() || !led)) {
      return; // done before, or nothing to do
    }
    if (notes.log().filter(log -> log.begun() || !log.broken().isEmpty()).isPresent()) {
      // Left over of a joining that was cut off: begun anew from there, the log would lack all
      // that changed before.
      followed.drop(own.followers());
      return;
    }
    String broken = "";
    if (slot.isEmpty()) {
      broken = "there was no slot any more that said what the other side had";
    } else if (slot.get().logStatus().equals("lost")) {
      broken = "the other side was away for so long that the log it lacked was let go of";
    }
    begin();
    if (broken.isEmpty()) {
      broken = copied();
    }
    if (!broken.isEmpty()) {
      notes.broken(broken);
    }
    new TurnNotes(session).remove(); // it spoke of the slot that goes now
    followed.drop(own.followers());
  }

  private String copied() throws SQLException, DatabaseFailure {
    try {
      slots.drop();
      String offer = new Offer(session, pair).fingerprint();
      session.list("SELECT pg_copy_logical_replication_slot(?, ?)", _ -> true, pair, name);
      notes.slotMade(offer);
      return "";
    } catch (SQLException e) {
      return words(e);
    }
  }

  /** On the side that followed: ceases to, and notes its changes from there on. */
  void partFromMain() throws SQLException, DatabaseFailure {
    own.create();
    Subscription subscription = new Subscription(session, settings);
    if (subscription.exists()) {
      session.transaction(
          () -> {
            notes.begin(UUID.randomUUID().toString());
            subscription.drop();
          });
      subscription.dropOrphanedOrigins();
    }
    Optional<ChangeNotes.Log> log = notes.log();
    if (log.isEmpty() || log.get().begun() || !log.get().broken().isEmpty()) {
      return;
    }
    String broken = "";
    try {
      subscription.requireGatedBackup();
      new Publication(session, settings).offer();
      String offer = new Offer(session, pair).fingerprint();
      slots.drop();
      slots.make(SLOT_PATIENCE);
      notes.slotMade(offer);
    } catch (DatabaseFailure e) {
      broken = e.words();
    } catch (SQLException e) {
      broken = words(e);
    }
    if (!broken.isEmpty()) {
      notes.broken("no log could be kept: " + broken);
      slots.drop();
    }
  }

  private void begin() throws SQLException, DatabaseFailure {
    session.transaction(() -> notes.begin(UUID.randomUUID().toString()));
  }

  /**
   * Clients come in now: a log that was not begun is too late. Part of the caller's transaction.
   */
  void opened() throws SQLException {
    Optional<ChangeNotes.Log> log = notes.log();
    if (log.isPresent() && !log.get().begun()) {
      notes.broken("it was opened before its log was kept");
    }
  }

  /**
   * Notes what changed up to now, as far as that goes in some seconds.
   *
   * @return whether everything that was committed before this call is noted
   */
  boolean drain() throws SQLException, DatabaseFailure {
    Optional<ChangeNotes.Log> log = notes.log();
    if (log.isEmpty() || !log.get().broken().isEmpty()) {
      slots.drop(); // left over, or of no use any more
      return true;
    }
    if (!log.get().begun()) {
      return true;
    }
    String broken = whyBroken(log.get());
    if (broken.isEmpty()) {
      try {
        return drainBatches();
      } catch (SQLException e) {
        if (Failures.isLossOfConnection(e)
            || Failures.state(e).equals(Failures.OBJECT_IN_USE)
            || Failures.state(e).equals(Failures.STATEMENT_CANCELLED)) {
          if (!Failures.isLossOfConnection(e)) {
            letGoOfTooMuch();
          }
          throw e; // the next time
        }
        broken = "its log cannot be read: " + words(e);
      } catch (IllegalStateException e) {
        broken = "its log cannot be understood: " + e.getMessage();
      }
    }
    notes.broken(broken);
    slots.drop();
    return true;
  }

  private String whyBroken(ChangeNotes.Log log) throws SQLException {
    Optional<Slots.Slot> slot = slots.read();
    if (slot.isEmpty()) {
      return "its slot was dropped";
    }
    if (slot.get().logStatus().equals("lost")) {
      return "its log was let go of at max_slot_wal_keep_size, while nobody read it";
    }
    if (!new Offer(session, pair).fingerprint().equals(log.offer())) {
      return "the publication " + pair + " was altered, so changes may not have been sent";
    }
    return "";
  }

  private boolean drainBatches() throws SQLException, DatabaseFailure {
    WalPosition now = Drain.mark(session);
    Patience patience = new Patience(DRAIN_TIME);
    while (!patience.isOver()) {
      Peeked batch = new LogReader(session, pair, name, limits).peek(now);
      if (!batch.tables().isEmpty()) {
        session.transaction(() -> notes.note(batch.tables(), limits.keysPerTable()));
      }
      advance(batch.more() ? batch.upTo() : now);
      if (!batch.more()) {
        letGoOfTooMuch();
        return true;
      }
    }
    return false;
  }

  private void advance(WalPosition upTo) throws SQLException {
    session.list(
        "SELECT pg_replication_slot_advance(?, ?::text::pg_lsn) FROM pg_replication_slots"
            + " WHERE slot_name = ? AND confirmed_flush_lsn < ?::text::pg_lsn",
        _ -> true,
        name,
        upTo.toString(),
        name,
        upTo.toString());
  }

  /** A transaction that stays open holds the log, however much of it was read. */
  private void letGoOfTooMuch() throws SQLException, DatabaseFailure {
    long kept = slots.read().map(Slots.Slot::keptBytes).orElse(0L);
    if (kept > limits.keptBytes()) {
      notes.broken(
          kept + " bytes of log were held, more than may be; a transaction stays open for long");
      slots.drop();
    }
  }

  /** Ends it; the notes go in the caller's transaction or before. */
  void end() throws SQLException, DatabaseFailure {
    notes.forget();
    slots.drop();
  }

  Optional<ChangeLogState> state() throws SQLException {
    Optional<ChangeNotes.Log> found = notes.log();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ChangeNotes.Log log = found.get();
    Map<String, ChangeNotes.Noted> tables = notes.tables();
    String incomplete = incomplete(log);
    return Optional.of(
        new ChangeLogState(
            log.generation(),
            log.since(),
            Optional.ofNullable(log.diverged()),
            notes.keys(),
            (int) tables.values().stream().filter(t -> !t.whole().isEmpty()).count(),
            slots.read().map(Slots.Slot::keptBytes).orElse(0L),
            incomplete));
  }

  /** Looked at anew: what its agent has not noticed yet breaks a log as well. */
  private String incomplete(ChangeNotes.Log log) throws SQLException {
    if (!log.broken().isEmpty()) {
      return "unknown since " + log.brokenSince() + ": " + log.broken();
    }
    if (!log.begun()) {
      return "its log is not kept yet";
    }
    String broken = whyBroken(log);
    if (!broken.isEmpty()) {
      return broken;
    }
    List<String> unseen = new ArrayList<>(new UserTables(session).replicable());
    unseen.removeAll(new Publication(session, settings).tables());
    return unseen.isEmpty() ? "" : "tables made since, of which no change is noted: " + unseen;
  }

  /** Replication is stopped for good: what changed stays unknown from here on. */
  void stop() throws SQLException, DatabaseFailure {
    if (notes.log().filter(log -> log.broken().isEmpty()).isPresent()) {
      notes.broken("the replication was stopped while the sides were parted");
    }
    slots.drop();
  }

  private String words(SQLException e) {
    return Failures.words(e, settings.administrator(), settings.replication());
  }
}
