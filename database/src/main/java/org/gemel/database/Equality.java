package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether this backup equals its main, which is held at a last position; in a time that does not
 * depend on how much they hold.
 *
 * <p>The proof is the log's: a copy of main at one moment, and every change since, in order, up to
 * a position past the last. What could have broken that chain is looked for: tables that never
 * followed, a subscription or publication that somebody altered (to skip a transaction, say), a
 * change that found no row or another one here, tables of another form. What remains, a superuser
 * writing on the backup, is looked for in the newest rows; all rows are compared by {@link
 * Comparison}, in its own time.
 */
final class Equality {
  private static final Duration CONFIRMED_AGAIN = Duration.ofSeconds(30);

  private final Session session;
  private final Session main;
  private final DatabaseSettings settings;
  private final String name;
  private final Subscription subscription;
  private final OwnSchema own;
  private final List<String> doubts = new ArrayList<>();

  Equality(Session session, Session main, DatabaseSettings settings) {
    this.session = session;
    this.main = main;
    this.settings = settings;
    this.name = Names.of(settings.pair());
    this.subscription = new Subscription(session, settings);
    this.own = new OwnSchema(session);
  }

  Turn judge() throws SQLException, DatabaseFailure {
    Optional<Turn> held = new TurnNotes(main).ofOldMain();
    if (held.isEmpty()) {
      return Turn.ofNewMain("", new WalPosition(0), false, "main was not held at a last position");
    }
    WalPosition position = held.get().position();
    List<String> open = new Gate(main, settings).open(true);
    if (!open.isEmpty()) {
      doubts.add("clients that can connect to main again: " + open);
    }
    requireConfirmed(position);
    List<String> tables = tablesOfUnbrokenChain();
    String compared = "";
    Map<String, String> differing = new LinkedHashMap<>();
    if (doubts.isEmpty()) {
      BothSides sides = new BothSides(main, session);
      NewestRows.Seen seen = new NewestRows(sides).compare();
      differing.putAll(seen.differences());
      NotedDifferences.read(sides).forEach(differing::putIfAbsent);
      compared = seen.words();
    }
    if (!differing.isEmpty()) {
      // All else is proven, so a copy of these tables will do.
      return Turn.ofNewMainBut(
          held.get().token(),
          position,
          List.copyOf(differing.keySet()),
          String.join("; ", differing.values()));
    }
    return doubts.isEmpty()
        ? Turn.ofNewMain(
            held.get().token(),
            position,
            true,
            "everything main had, up to position %s, is on the backup: all %d tables follow, %s"
                .formatted(position, tables.size(), compared))
        : Turn.ofNewMain(held.get().token(), position, false, String.join("; ", doubts));
  }

  /**
   * What a switch now would find in the way of the same proof, while clients still write: all that
   * it looks at but for main's last position. What differs in the newest rows may only be on its
   * way, and tells nothing yet.
   */
  List<String> foresee() throws SQLException, DatabaseFailure {
    var _ = tablesOfUnbrokenChain();
    if (doubts.isEmpty()) {
      BothSides sides = new BothSides(main, session);
      var _ = new NewestRows(sides).compare();
      doubts.addAll(NotedDifferences.read(sides).values());
    }
    return List.copyOf(doubts);
  }

  /** The tables that follow; doubts whatever could have broken the chain of their changes. */
  private List<String> tablesOfUnbrokenChain() throws SQLException, DatabaseFailure {
    List<String> tables = tablesThatFollow();
    doubtConflicts();
    doubts.addAll(TableShapes.read(main).differences(TableShapes.read(session)));
    return tables;
  }

  private List<String> tablesThatFollow() throws SQLException, DatabaseFailure {
    InitialSync sync = subscription.sync();
    if (!sync.complete()) {
      doubts.add("first copy: " + sync.words());
    }
    List<String> followed = sync.tables().stream().map(TableCopy::table).sorted().toList();
    List<String> wanted = new UserTables(main).replicable().stream().sorted().toList();
    if (!followed.equals(wanted)) {
      List<String> missing = new ArrayList<>(wanted);
      missing.removeAll(followed);
      doubts.add("tables that do not follow: " + missing);
    }
    if (!own.isAsMade(name)) {
      doubts.add("the subscription was altered by hand, or made by an earlier release");
    }
    doubtOffer(wanted);
    return followed;
  }

  private void doubtOffer(List<String> wanted) throws SQLException {
    Offer offer = new Offer(main, name);
    doubts.addAll(offer.gaps(wanted));
    if (!own.isOffer(offer)) {
      doubts.add("the publication on main was altered since the copy, so changes may be missing");
    } else if (!own.isOfSameColumns(offer)) {
      doubts.add("columns on main were altered since the copy, so what they held may be missing");
    }
    List<String> fed = offer.fedByOthers(session);
    if (!fed.isEmpty()) {
      doubts.add("tables that main gets from another replication, which is not sent on: " + fed);
    }
  }

  /**
   * To stop following before that would lose what was acknowledged, whatever is proven. A main that
   * crashed since it said so has forgotten it, and hears it again once it is followed again.
   */
  private void requireConfirmed(WalPosition position) throws SQLException, DatabaseFailure {
    Patience patience = new Patience(CONFIRMED_AGAIN);
    while (true) {
      Optional<Slots.Slot> slot = new Slots(main, name).read();
      if (slot.isEmpty()) {
        doubts.add("main has no slot any more, so nothing says what the backup has of it");
        return;
      }
      WalPosition confirmed = slot.get().confirmed();
      if (confirmed != null && confirmed.compareTo(position) >= 0) {
        return;
      }
      if (patience.isOver() || subscription.isAsleep()) {
        throw DatabaseFailure.unfinished(
            "this database at " + confirmed + " of main's last position " + position,
            "it there, before it stops following",
            "wait until main says that it is confirmed, then repeat");
      }
      patience.pause();
    }
  }

  /** A change that found its row missing or otherwise than main's is passed over without error. */
  private void doubtConflicts() throws SQLException {
    long conflicts = new Conflicts(session, name).unsettled();
    if (conflicts > 0) {
      doubts.add(
          conflicts
              + " changes found rows here that were missing or otherwise than main's (the database"
              + " server's log says which); a comparison that finds all equal settles them");
    }
  }
}
