package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gemel.database.preflight.Definitions;
import org.gemel.database.preflight.ObjectFacts;
import org.gemel.database.preflight.Parity;
import org.gemel.database.preflight.TableFacts;

/**
 * Gives the backup main's definitions, in the transaction that empties its tables: cut off or
 * refused, this database is as it was.
 *
 * <p>Old rows stand in no alteration's way, since the tables are emptied first. A command may need
 * another one before it (a table before its view), so what failed is tried again as long as
 * something else came about. At the end both sides are compared anew, and only what that finds
 * counts: what the replication would stall at ends the start, all else is told.
 */
final class SchemaParity {
  private static final int WORDS_SAID = 10;
  private static final String NEW_LABEL = "55P04";

  private final Session session;
  private final DatabaseSettings settings;
  private final Definitions main;
  private final String approved;
  private final Parity parity;
  private final List<String> labels = new ArrayList<>();
  private final Set<String> done = new LinkedHashSet<>();
  private List<String> left = List.of();
  private List<String> kept = List.of();
  private String failure = "";

  /** A label of an enumeration cannot be used before the transaction that adds it has ended. */
  static final class LabelsFirst extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Compares both.
   *
   * @param approved the hash of the list of what may be dropped; empty: nothing
   */
  SchemaParity(Session session, Session mainSession, DatabaseSettings settings, String approved)
      throws SQLException {
    this.session = session;
    this.settings = settings;
    this.approved = approved;
    this.main = DefinitionsReader.readAtWork(mainSession, settings);
    this.parity = read();
  }

  private Parity read() throws SQLException {
    return Parity.of(main, DefinitionsReader.read(session, settings));
  }

  /** Refuses, while nothing has been touched, what is known to be impossible. */
  void requirePossible() throws DatabaseFailure {
    if (!parity.undecided().isEmpty()) {
      throw DatabaseFailure.refused(
          "definitions that differ and that only a person can bring together: "
              + said(parity.undecided()),
          "tables of main's form, since replication carries rows only",
          "cure them by hand, then repeat; nothing was changed");
    }
    boolean otherList =
        !parity.drops().isEmpty() && !approved.isEmpty() && !approved.equals(parity.hash());
    if (otherList || (parity.mustDrop() && approved.isEmpty())) {
      throw DatabaseFailure.refused(
          (otherList ? "another list approved than what" : "what")
              + " this database has and main has not: "
              + said(parity.drops().stream().map(Parity.Drop::command).toList()),
          "it dropped only where a person has approved just that",
          "make it on main as well, or approve these "
              + parity.drops().size()
              + " with --drop "
              + parity.hash()
              + "; nothing was changed");
    }
  }

  /** Part of the caller's transaction, which acts as a replica: no trigger fires. */
  void perform(List<String> emptied) throws SQLException, DatabaseFailure {
    done.clear(); // it may be the second time
    done.addAll(labels);
    boolean drops = !approved.isEmpty() && !parity.drops().isEmpty();
    if (!drops && parity.changes().isEmpty()) {
      return;
    }
    // What a function does is of no concern until somebody calls it.
    session.command("SET LOCAL check_function_bodies = off");
    if (drops) {
      kept =
          performAll(parity.drops().stream().map(drop -> List.of(drop.command())).toList()).stream()
              .flatMap(List::stream)
              .toList();
    }
    empty(emptied);
    Parity now = alter(parity);
    if (now.changes().stream().anyMatch(Parity.Change::needed)) {
      // A view holds the columns that it shows as they are. Those of main are made again.
      var _ = performAll(viewsInTheWay(now));
      now = alter(read());
    }
    requireReached(now);
    List<String> there = now.drops().stream().map(Parity.Drop::command).toList();
    kept = kept.stream().filter(there::contains).toList();
  }

  /** Alters what can be altered; returns how both differ then. */
  private Parity alter(Parity difference) throws SQLException {
    Parity now = difference;
    List<Parity.Change> before = List.of();
    List<List<String>> failed = List.of();
    while (!now.changes().isEmpty() && !now.changes().equals(before)) {
      failed = performAll(now.changes().stream().map(Parity.Change::commands).toList());
      before = now.changes();
      now = read();
    }
    left = failed.stream().map(commands -> String.join("; ", commands)).toList();
    return now;
  }

  /** What takes away those of main's that stand on tables still to be altered. */
  private List<List<String>> viewsInTheWay(Parity now) throws SQLException, DatabaseFailure {
    List<String> commands =
        now.changes().stream()
            .filter(Parity.Change::needed)
            .flatMap(change -> change.commands().stream())
            .toList();
    List<String> tables =
        main.tables().stream()
            .map(TableFacts::name)
            .filter(
                name -> commands.stream().anyMatch(c -> c.startsWith("ALTER TABLE " + name + " ")))
            .toList();
    List<StandingViews.View> views = new ArrayList<>(StandingViews.on(session, tables));
    List<String> ofMain =
        main.objects().stream()
            .filter(object -> object.kind().endsWith("view"))
            .map(ObjectFacts::name)
            .toList();
    views.removeIf(view -> !ofMain.contains(view.name()));
    List<String> triggered =
        views.stream()
            .filter(StandingViews.View::hasTriggers)
            .map(StandingViews.View::name)
            .toList();
    if (!triggered.isEmpty()) {
      throw DatabaseFailure.refused(
          "views with triggers, on tables that differ: " + said(triggered),
          "none, since they would be made again without their triggers",
          "drop them here, then repeat, and make their triggers anew; nothing was changed");
    }
    return views.stream().map(view -> List.of(view.drop())).toList();
  }

  private void requireReached(Parity now) throws DatabaseFailure {
    List<String> needed = new ArrayList<>(now.undecided());
    now.changes().stream()
        .filter(Parity.Change::needed)
        .forEach(change -> needed.add(String.join("; ", change.commands())));
    now.drops().stream().filter(Parity.Drop::needed).forEach(drop -> needed.add(drop.command()));
    if (!needed.isEmpty()) {
      throw DatabaseFailure.refused(
          "definitions that differ and cannot be altered: "
              + said(needed)
              + (failure.isEmpty() ? "" : " ('" + failure + "')"),
          "tables of main's form, since replication carries rows only",
          "cure what stands in the way, then repeat; nothing was changed");
    }
  }

  /**
   * Outside a transaction. An enumeration that knows more than it needs does no harm, should the
   * rest be refused.
   */
  void addLabels() throws SQLException {
    for (Parity.Change change : parity.changes()) {
      for (String command : change.commands()) {
        if (command.startsWith("ALTER TYPE ")) {
          session.command(command.replaceFirst(" ADD VALUE ", " ADD VALUE IF NOT EXISTS "));
          labels.add(command);
        }
      }
    }
  }

  /** What {@link #perform} did, for a person. */
  String words() {
    List<String> altered = List.copyOf(done);
    return (!altered.isEmpty()
            ? altered.size() + " commands gave it main's definitions: " + said(altered)
            : left.isEmpty() && kept.isEmpty()
                ? "its definitions were main's already"
                : "nothing could be altered")
        + (kept.isEmpty() ? "" : "; not dropped: " + said(kept))
        + (left.isEmpty()
            ? ""
            : "; not made, and missing once it is main: "
                + said(left)
                + (failure.isEmpty() ? "" : " ('" + failure + "')"));
  }

  /** Those that are here already; all of them together, for they refer to one another. */
  private void empty(List<String> tables) throws SQLException {
    new EmptyingAll(session).empty(tables);
  }

  /** Each whole or not at all; returns those that cannot be performed. */
  private List<List<String>> performAll(List<List<String>> groups) throws SQLException {
    List<List<String>> left = groups;
    int before;
    do {
      before = left.size();
      failure = "";
      List<List<String>> failed = new ArrayList<>();
      for (List<String> group : left) {
        if (!succeeds(group)) {
          failed.add(group);
        }
      }
      left = failed;
    } while (!left.isEmpty() && left.size() < before);
    return left;
  }

  private boolean succeeds(List<String> commands) throws SQLException {
    session.command("SAVEPOINT parity");
    try {
      for (String command : commands) {
        session.command(command);
      }
      session.command("RELEASE SAVEPOINT parity");
      done.addAll(commands);
      return true;
    } catch (SQLException e) {
      if (Failures.isLossOfConnection(e) || Failures.isLocked(e)) {
        throw e;
      }
      if (Failures.state(e).equals(NEW_LABEL)) {
        throw new LabelsFirst();
      }
      session.command("ROLLBACK TO SAVEPOINT parity");
      session.command("RELEASE SAVEPOINT parity");
      failure = Failures.words(e, settings.administrator());
      return false;
    }
  }

  static String said(List<String> sentences) {
    int more = sentences.size() - WORDS_SAID;
    return String.join("; ", sentences.subList(0, Math.min(WORDS_SAID, sentences.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
