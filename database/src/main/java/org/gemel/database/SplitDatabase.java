package org.gemel.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.gemel.database.preview.ChangeLogState;
import org.gemel.database.preview.SplitPreview;

/**
 * What is done to the database of one side around a split: the sides part, note what they change,
 * and are joined again. As with {@link DatabaseServer}, every operation may be repeated.
 */
public final class SplitDatabase {
  private final DatabaseServer server;
  private final DatabaseSettings settings;
  private final ChangeLogLimits limits;

  public SplitDatabase(DatabaseSettings settings, ChangeLogLimits limits) {
    this.server = new DatabaseServer(settings);
    this.settings = settings;
    this.limits = limits;
  }

  /**
   * On main, in place of {@link DatabaseServer#unpublish} where the sides part: its end goes, and
   * from what the backup had confirmed on it is noted which rows change here. Never fails for want
   * of that log: {@link #changes} says then that it is not complete.
   */
  public void partFromBackup() throws DatabaseFailure {
    server.change(
        session -> {
          new ChangeLog(session, settings, limits).partFromFollower();
          return true;
        });
  }

  /**
   * On the backup, in place of {@link DatabaseServer#unsubscribe} where the sides part; still
   * gated.
   */
  public void partFromMain() throws DatabaseFailure {
    server.change(
        session -> {
          new ChangeLog(session, settings, limits).partFromMain();
          return true;
        });
  }

  /**
   * Notes which rows changed here since the sides parted, so that no log is held for it; to be
   * called every few seconds.
   *
   * @return whether everything committed before is noted
   */
  public boolean drainChanges() throws DatabaseFailure {
    boolean parted =
        server.read(
            session ->
                new ChangeNotes(session).log().isPresent()
                    || new Slots(session, Names.changeLog(settings.pair())).read().isPresent());
    return !parted || server.change(session -> new ChangeLog(session, settings, limits).drain());
  }

  /** On main, when the other side follows again: nothing is noted any more. */
  public void forgetChanges() throws DatabaseFailure {
    server.change(
        session -> {
          new ChangeLog(session, settings, limits).end();
          return true;
        });
  }

  /** What is noted of the changes since the sides parted; empty where they are not. */
  public Optional<ChangeLogState> changes() throws DatabaseFailure {
    return server.read(session -> new ChangeLog(session, settings, limits).state());
  }

  /**
   * On the side that will be overwritten, gated yet or not: what would be lost if main, which may
   * work on, were to overwrite it. Changes nothing of the users'.
   *
   * @param export a folder, made here, into which all that would be lost is written
   */
  public SplitPreview preview(MainConnection main, Optional<Path> export) throws DatabaseFailure {
    server.changeWithMain(
        main,
        (session, mainSession) -> {
          new OwnSchema(session).create();
          new MainReader(mainSession, main, Names.of(settings.pair())).requireAlike(session);
          SplitSides sides = new SplitSides(session, mainSession, settings, limits);
          sides.noteTail();
          sides.drainHere();
          return true;
        });
    // Reading may take hours, in which whoever acts on this database must not have to wait.
    Shown shown = server.readWithMain(main, (session, rows) -> read(session, rows, main, export));
    server.change(
        session -> {
          new Approvals(session).remember(shown.preview().hash(), shown.hashes());
          return true;
        });
    return shown.preview();
  }

  /**
   * @param hashes of this side's rows, by table
   */
  private record Shown(SplitPreview preview, Map<String, String> hashes) {}

  private Shown read(Session session, Session rows, MainConnection main, Optional<Path> export)
      throws SQLException, DatabaseFailure {
    try (Session notes =
        Session.replication(main.address(), main.replication(), settings.leftOut())) {
      SplitSides sides = new SplitSides(session, notes, settings, limits);
      SplitPreview preview =
          export.isEmpty()
              ? preview(sides, session, rows, notes, (_, _) -> {})
              : exported(sides, session, rows, notes, export.get());
      return new Shown(preview, new LossHash(session, SplitTable.read(session)).ofTables());
    }
  }

  private static SplitPreview exported(
      SplitSides sides, Session session, Session mainRows, Session mainNotes, Path folder)
      throws SQLException, DatabaseFailure {
    try (LossExport files = new LossExport(folder)) {
      return preview(sides, session, mainRows, mainNotes, files);
    }
  }

  private static SplitPreview preview(
      SplitSides sides,
      Session session,
      Session mainRows,
      Session mainNotes,
      Previewing.Listener listener)
      throws SQLException, DatabaseFailure {
    SplitPreview[] preview = new SplitPreview[1];
    session.snapshot(
        () ->
            mainRows.snapshot(
                () -> {
                  SplitRows.lookUp(session);
                  SplitRows.lookUp(mainRows);
                  preview[0] =
                      new Previewing(sides, session, mainRows, mainNotes).preview(listener);
                }));
    return preview[0];
  }

  /**
   * On the side that will be overwritten: refuses unless the hash is that of a preview of this side
   * as it is now, or nothing of its own is there to be lost. Where this side's notes say that,
   * nothing else is looked at: main may have been altered since, and rows of two forms cannot be
   * shown side by side.
   */
  public void requireApproved(MainConnection main, String hash) throws DatabaseFailure {
    boolean ofItsOwn =
        server.changeWithMain(
            main,
            (session, mainSession) -> {
              SplitSides sides = new SplitSides(session, mainSession, settings, limits);
              sides.noteTail();
              if (new ChangeNotes(session).log().isEmpty()) {
                return false; // the sides were never parted, or are joined
              }
              sides.drainHere();
              return sides.here().filter(ChangeLogState::nothingChanged).isEmpty();
            });
    if (!ofItsOwn) {
      return;
    }
    SplitPreview now = hash.isEmpty() ? preview(main, Optional.empty()) : null;
    if (now != null && now.nothingLost()) {
      return;
    }
    server.changeWithMain(
        main,
        (session, mainSession) -> {
          new SplitSides(session, mainSession, settings, limits).drainHere();
          new Rejoining(session, mainSession, main, settings, limits).requireApproved(hash);
          return true;
        });
  }

  /**
   * On the side that was split off, now backup and gated: <strong>what it changed since is
   * overwritten</strong>, then it follows main, which has published. Only rows that changed on
   * either side are repaired where that is known and cheaper; otherwise every table is copied, as
   * {@link DatabaseServer#subscribe} does. Refused, with nothing changed, if what would be lost is
   * not what was approved.
   *
   * @param approved the hash of a {@link #preview}
   */
  public Rejoined rejoin(MainConnection main, String approved, long epoch) throws DatabaseFailure {
    return server.changeWithMain(
        main,
        (session, mainSession) ->
            new Rejoining(session, mainSession, main, settings, limits).rejoin(approved, epoch));
  }
}
