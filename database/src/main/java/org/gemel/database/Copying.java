package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Brings main's rows into the emptied tables and then lets the subscription follow.
 *
 * <p>Main's tables are locked against being altered (clients work on); a slot is made together with
 * a snapshot; several streams carry what the snapshot shows; indexes are built; and one transaction
 * allows to follow from the slot's start on. So each change is in the snapshot or in the slot.
 *
 * <p>The snapshot dies with its sessions. Whoever comes next keeps the tables that are whole, since
 * the slot still has everything after them, and leaves the others to PostgreSQL's own copy, which
 * needs no snapshot of ours and nobody who stays. To take a new snapshot for the rest would need
 * what PostgreSQL's own copy has: a slot for each table, to catch up with the others.
 */
final class Copying {
  /** The epoch of what was looked at already, and is only gone on with. */
  static final long NO_COMMAND = Long.MAX_VALUE;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** A short change of this database, one at a time with all others. */
  interface Change {
    void perform(Session session) throws SQLException, DatabaseFailure;
  }

  /** Performs one. */
  interface Changes {
    void change(Change change) throws SQLException, DatabaseFailure;
  }

  private final DatabaseSettings settings;
  private final Changes changes;
  private final CopyPace pace;
  private final Consumer<InitialSync> progress;
  private final String name;

  Copying(
      DatabaseSettings settings, Changes changes, CopyPace pace, Consumer<InitialSync> progress) {
    this.pace = pace;
    this.settings = settings;
    this.changes = changes;
    this.progress = progress;
    this.name = Names.of(settings.pair());
  }

  /** Copies what can be copied from here; waits while another caller does. */
  void perform() throws SQLException, DatabaseFailure {
    try (Session lead = lead()) {
      while (!CopyLock.take(lead)) {
        look(lead);
        Patience breath = new Patience(BETWEEN_LOOKS);
        while (!breath.isOver()) {
          breath.pause();
        }
      }
      Optional<CopyNotes.Underway> underway = new CopyNotes(lead).underway();
      if (underway.isEmpty()) {
        return;
      }
      if (underway.get().slotStart() == null) {
        copy(lead, underway.get());
      } else {
        allowToFollow(lead, underway.get().token());
      }
    }
  }

  /** Where a copy was cut off and nobody goes on with it, PostgreSQL does. */
  void goOn() throws SQLException, DatabaseFailure {
    try (Session lead = lead()) {
      Optional<CopyNotes.Underway> underway = new CopyNotes(lead).underway();
      if (underway.isPresent() && CopyLock.take(lead)) {
        allowToFollow(lead, underway.get().token());
      }
    }
  }

  private Session lead() throws SQLException {
    Session lead = Session.copyingHere(settings);
    try {
      lead.answersWithin(pace.answers());
      return lead;
    } catch (SQLException | RuntimeException e) {
      lead.close();
      throw e;
    }
  }

  /** Main keeps a session of ours until the end, by which it knows that it is copied. */
  private void copy(Session lead, CopyNotes.Underway underway)
      throws SQLException, DatabaseFailure {
    String token = underway.token();
    Subscription subscription = new Subscription(lead, settings);
    MainConnection main = subscription.main();
    String system = lead.systemIdentifier();
    List<String> tables = subscription.tables();
    List<CopyStream> open = new ArrayList<>();
    try (Session onMain = openMain(main)) {
      onMain.answersWithin(pace.answers());
      boolean planned = false;
      try {
        Queue<CopiedTable.Part> parts = new ConcurrentLinkedQueue<>();
        MainReader reader = new MainReader(onMain, main, name);
        planned = plan(lead, underway, reader, onMain, system, tables, open, parts);
        carry(lead, onMain, open, parts, token);
      } catch (SQLException | DatabaseFailure | RuntimeException e) {
        letGo(onMain);
        if (!planned) {
          dropUnused(onMain, system, token);
          throw nothingCopied(e, main);
        }
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // The server's own copy may well do what ours could not, and says what it cannot.
        new CopyNotes(lead).brokenOff(token, words(e, main));
      } finally {
        for (CopyStream stream : open) {
          stream.close();
        }
      }
      allowToFollow(lead, token);
    }
  }

  private boolean plan(
      Session lead,
      CopyNotes.Underway underway,
      MainReader reader,
      Session onMain,
      String system,
      List<String> names,
      List<CopyStream> open,
      Queue<CopiedTable.Part> parts)
      throws SQLException, DatabaseFailure {
    reader.requireReady(lead, underway.epoch());
    reader.dropSlots(system);
    onMain.command("BEGIN");
    reader.keepAsTheyAre(names);
    reader.requireAlike(lead);
    String offer = reader.offer();
    List<CopiedTable> tables;
    WalPosition start;
    try (ExportedSlot slot = reader.exportSlot()) {
      start = slot.start();
      for (int i = 0; i < pace.streams(); i++) {
        open.add(CopyStream.open(reader.main(), settings, slot.snapshot()));
      }
      tables = CopiedTable.read(onMain, names, pace);
    }
    tables.forEach(table -> parts.addAll(table.parts()));
    changes.change(
        session ->
            session.transaction(
                () -> {
                  new CopyNotes(session).plan(underway.token(), start, offer, tables);
                  new IndexesAside(session).putAside(pace.largeTableBytes());
                }));
    return true;
  }

  private void carry(
      Session lead,
      Session onMain,
      List<CopyStream> open,
      Queue<CopiedTable.Part> parts,
      String token)
      throws SQLException, DatabaseFailure {
    List<CopyStreams.Stream> work =
        open.stream().map(s -> (CopyStreams.Stream) () -> s.carry(parts, token)).toList();
    CopyStreams.run(
        work,
        () -> {
          onMain.list("SELECT 1", row -> true); // whether it still answers
          look(lead);
        },
        () -> open.forEach(CopyStream::abort));
    onMain.command("COMMIT");
  }

  /** Everything is built and noted before anything of main's changes may come in. */
  private void allowToFollow(Session lead, String former) throws SQLException, DatabaseFailure {
    String token = new CopyNotes(lead).takeOver(former);
    String offer = slotOf(lead, token);
    CopyLock.endCarriers(lead, name);
    try (Session patient = Session.copyingHere(settings)) {
      new CopyNotes(patient).emptyParts();
    }
    buildIndexes(lead);
    changes.change(
        session ->
            session.transaction(
                () -> {
                  List<String> left = new IndexesAside(session).left();
                  if (!left.isEmpty()) {
                    throw DatabaseFailure.unfinished(
                        "indexes that are not built: " + left, "all of them", "repeat");
                  }
                  new CopyNotes(session).end(token);
                  new Subscription(session, settings).leaveRestToServer();
                  new Subscription(session, settings).enable(offer);
                }));
    look(lead);
  }

  /** Where the copy was cut off before it had a slot, one is made now. */
  private String slotOf(Session lead, String token) throws SQLException, DatabaseFailure {
    CopyNotes.Underway now = requireUnderway(lead, token);
    if (now.offer() != null && now.slotStart() != null) {
      requireSlot(lead, WalPosition.parse(now.slotStart()));
      return now.offer();
    }
    MainConnection main = new Subscription(lead, settings).main();
    try (Session onMain =
        Session.replication(main.address(), main.replication(), settings.leftOut())) {
      MainReader reader = new MainReader(onMain, main, name);
      String offer = reader.offer();
      reader.makeSlot(lead.systemIdentifier());
      try {
        requireUnderway(lead, token);
      } catch (DatabaseFailure stopped) {
        dropUnused(onMain, lead.systemIdentifier(), token);
        throw stopped;
      }
      return offer;
    }
  }

  /**
   * Another slot of that name, made later, would lack what came between. Nobody read from it yet.
   */
  private void requireSlot(Session lead, WalPosition start) throws SQLException, DatabaseFailure {
    MainConnection main = new Subscription(lead, settings).main();
    Optional<Slots.Slot> slot;
    try (Session onMain =
        Session.replication(main.address(), main.replication(), settings.leftOut())) {
      slot = new Slots(onMain, name).read();
    } catch (SQLException e) {
      return; // main is away: the server's own worker says so, and goes on when it is back
    }
    if (slot.filter(s -> start.equals(s.confirmed())).isEmpty()) {
      throw DatabaseFailure.refused(
          "the slot "
              + name
              + " on main "
              + slot.map(s -> "beginning at " + s.confirmed()).orElse("gone"),
          "the one that was made with this copy, at " + start,
          "start the replication again, which copies everything");
    }
  }

  private static CopyNotes.Underway requireUnderway(Session lead, String token)
      throws SQLException, DatabaseFailure {
    return new CopyNotes(lead)
        .underway()
        .filter(u -> u.token().equals(token))
        .orElseThrow(
            () ->
                DatabaseFailure.unfinished(
                    "this copy ended by somebody else", "it under way", "nothing need be done"));
  }

  private void buildIndexes(Session lead) throws SQLException, DatabaseFailure {
    Queue<String> left = new ConcurrentLinkedQueue<>(new IndexesAside(lead).left());
    List<Session> sessions = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(left.size(), pace.streams()); i++) {
        sessions.add(Session.copyingHere(settings));
      }
      List<CopyStreams.Stream> work =
          sessions.stream()
              .map(
                  session ->
                      (CopyStreams.Stream)
                          () -> {
                            for (String i = left.poll(); i != null; i = left.poll()) {
                              new IndexesAside(session).build(i);
                            }
                          })
              .toList();
      CopyStreams.run(work, () -> look(lead), () -> sessions.forEach(Session::abort));
    } finally {
      for (Session session : sessions) {
        session.close();
      }
    }
  }

  private void look(Session lead) throws SQLException {
    progress.accept(new Subscription(lead, settings).sync());
  }

  /** Main's tables may be altered again. */
  private static void letGo(Session onMain) {
    try {
      onMain.command("ROLLBACK");
    } catch (SQLException e) {
      onMain.abort(); // whatever it held goes with it
    }
  }

  /** A slot that nothing was noted of; where main is gone, the next start or stop drops it. */
  private void dropUnused(Session onMain, String system, String token) {
    try {
      changes.change(
          session -> {
            // The note may have been made although we heard of an error. Whoever began anew drops
            // what is there before he makes his own; whoever stopped had nothing to drop yet.
            Optional<CopyNotes.Underway> now = new CopyNotes(session).underway();
            boolean unused =
                now.isPresent()
                    ? now.get().token().equals(token) && now.get().slotStart() == null
                    : !new Subscription(session, settings).exists();
            if (unused) {
              new Slots(onMain, name).drop(List.of(system));
            }
          });
    } catch (SQLException | DatabaseFailure e) {
      return; // what is thrown already says more
    }
  }

  private Session openMain(MainConnection main) throws DatabaseFailure {
    try {
      return Session.copying(main.address(), main.replication(), name, "", settings.leftOut());
    } catch (SQLException e) {
      throw nothingCopied(e, main);
    }
  }

  private DatabaseFailure nothingCopied(Exception e, MainConnection main) {
    return DatabaseFailure.unfinished(
        "'"
            + words(e, main)
            + "' before any row was copied (the backup's tables are empty, and main"
            + " is as it was)",
        "both databases at hand",
        "cure what it names, then repeat, or start the replication again");
  }

  private String words(Exception e, MainConnection main) {
    return e instanceof SQLException sql
        ? Failures.words(sql, settings.administrator(), main.replication())
        : String.valueOf(e.getMessage());
  }
}
