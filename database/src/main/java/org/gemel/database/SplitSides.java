package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.gemel.core.Role;
import org.gemel.database.preview.ChangeLogState;

/**
 * Both sides of a split, with all that each has noted by now: this one, which will be overwritten,
 * and main, whose clients may go on.
 */
final class SplitSides {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Session session;
  private final Session main;
  private final DatabaseSettings settings;
  private final ChangeLogLimits limits;
  private final ChangeLog log;

  SplitSides(Session session, Session main, DatabaseSettings settings, ChangeLogLimits limits) {
    this.session = session;
    this.main = main;
    this.settings = settings;
    this.limits = limits;
    this.log = new ChangeLog(session, settings, limits);
  }

  /**
   * A main that died and came back as backup never parted from the other side: what it committed
   * and the other side never confirmed is in the slot that it still has, and is noted from there.
   * Only then: a slot that is read from, or whose reader is not main yet, is that of a replication
   * under way.
   */
  void noteTail() throws SQLException, DatabaseFailure {
    boolean backup =
        new OwnSchema(session).mark().filter(mark -> mark.role() == Role.BACKUP).isPresent();
    boolean otherLeads =
        new OwnSchema(main).mark().filter(mark -> mark.role() == Role.MAIN).isPresent();
    boolean led =
        new Slots(session, Names.of(settings.pair())).read().filter(s -> !s.active()).isPresent();
    if (backup
        && otherLeads
        && led
        && new ChangeNotes(session).log().isEmpty()
        && !new Subscription(session, settings).exists()
        && !isTurning()) {
      log.partFromFollower();
    }
  }

  /** Between two steps of a switch both sides have all there is, and each its note of that. */
  private boolean isTurning() throws SQLException {
    TurnNotes here = new TurnNotes(session);
    if (here.ofNewMain().isPresent()) {
      return true;
    }
    Optional<Turn> old = here.ofOldMain();
    Optional<Turn> now = new TurnNotes(main).ofNewMain();
    return old.isPresent()
        && now.isPresent()
        && now.get().mayFollow()
        && now.get().token().equals(old.get().token());
  }

  /** Notes everything that was committed here before this call. */
  void drainHere() throws SQLException, DatabaseFailure {
    Patience patience = new Patience(PATIENCE);
    while (true) {
      try {
        if (log.drain()) {
          return;
        }
      } catch (SQLException e) {
        if (!Failures.state(e).equals(Failures.OBJECT_IN_USE)) {
          throw e;
        }
      }
      if (patience.isOver()) {
        throw DatabaseFailure.unfinished(
            "more changes here than can be noted in " + PATIENCE.toSeconds() + " s",
            "all of them noted",
            "repeat, it goes on; `gemel database status` shows how much log is left");
      }
      patience.pause();
    }
  }

  Optional<ChangeLogState> here() throws SQLException {
    return log.state();
  }

  Optional<ChangeLogState> onMain() throws SQLException {
    return new ChangeLog(main, settings, limits).state();
  }

  /** What main committed before this call, and its agent has not noted yet. */
  Map<String, ChangedTable> peekIntoMain() throws SQLException, DatabaseFailure {
    Optional<ChangeLogState> state = onMain();
    if (state.isEmpty() || !state.get().incomplete().isEmpty()) {
      return Map.of();
    }
    WalPosition now = Drain.mark(main);
    ChangeLogLimits unbounded =
        new ChangeLogLimits(
            limits.keysPerTable(),
            limits.keptBytes(),
            Integer.MAX_VALUE,
            limits.alwaysRepaired(),
            limits.repairedShare());
    Patience patience = new Patience(PATIENCE);
    while (true) {
      try {
        return new LogReader(
                main, Names.of(settings.pair()), Names.changeLog(settings.pair()), unbounded)
            .peek(now)
            .tables();
      } catch (SQLException e) {
        // Its agent reads it too, for a moment.
        if (!Failures.state(e).equals(Failures.OBJECT_IN_USE) || patience.isOver()) {
          throw e;
        }
      }
      patience.pause();
    }
  }
}
