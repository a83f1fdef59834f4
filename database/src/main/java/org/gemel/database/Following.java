package org.gemel.database;

import java.sql.SQLException;
import java.util.Optional;
import org.gemel.database.Slots.Slot;

/**
 * The old main begins to follow the new one, without a copy.
 *
 * <p>All is looked at first: both notes speak of the same moment, nothing was written here since,
 * and the slot on main has everything from then on, for the very tables that are on offer. The
 * subscription is made in the transaction that takes this side's note away: so a repetition finds
 * either the note or the subscription.
 *
 * <p>Where all was proven but some tables that differ, and a person ordered it, those are emptied
 * in that same transaction and marked for PostgreSQL's own copy, as if the subscription had been
 * made with it for those only; until they are whole, this database does not open as main.
 */
final class Following {
  private final Session session;
  private final DatabaseSettings settings;
  private final OwnSchema own;
  private final TurnNotes notes;
  private final String name;

  Following(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
    this.own = new OwnSchema(session);
    this.notes = new TurnNotes(session);
    this.name = Names.of(settings.pair());
  }

  /**
   * Returns what proved both sides equal.
   *
   * @param copyDiffering overwrites the tables that were found to differ, if there are any
   */
  String follow(Session mainSession, MainConnection main, long epoch, boolean copyDiffering)
      throws SQLException, DatabaseFailure {
    own.create();
    own.requireEpoch(epoch);
    Subscription subscription = new Subscription(session, settings);
    Optional<Turn> there = new TurnNotes(mainSession).ofNewMain();
    Optional<Slot> slot = new Slots(mainSession, name).read();
    if (subscription.exists()) {
      return following(main, there, slot);
    }
    subscription.requireGatedBackup();
    MainReader reader = new MainReader(mainSession, main, name);
    Turn turn = requireTurn(there, copyDiffering);
    requireUntouched(turn, slot);
    Offer offer = new Offer(mainSession, name);
    String text = offer.text();
    if (!offer.fingerprint().equals(turn.offer())
        && !offer.formerFingerprint().equals(turn.offer())) {
      throw refused("the publication on main altered since the switch");
    }
    reader.requireReady(session, epoch);
    reader.requireAlike(session);
    new OwnSchema(mainSession).addFollower(session.systemIdentifier());
    session.transaction(
        () -> {
          session.command("SET LOCAL session_replication_role = replica");
          for (String table : turn.differing()) {
            Emptying.empty(session, table);
          }
          if (!turn.differing().isEmpty()) {
            own.beginHealing(); // a part of a copy, until they are whole
            own.endHealing();
          }
          subscription.create(main, text);
          subscription.copyByServer(turn.differing());
          notes.remove();
          new ComparisonNotes(session).forget();
        });
    return words(turn);
  }

  private static String words(Turn turn) {
    return turn.differing().isEmpty()
        ? turn.words()
        : "only tables that were found to differ are copied (%s), all else is followed without: %s"
            .formatted(String.join(", ", turn.differing()), turn.words());
  }

  private String following(MainConnection main, Optional<Turn> there, Optional<Slot> slot)
      throws SQLException, DatabaseFailure {
    String connection =
        session.one(
            "SELECT subconninfo FROM pg_subscription WHERE subname = ?",
            row -> row.getString(1),
            name);
    if (!ConnectionString.parse(connection).equals(main) || slot.isEmpty()) {
      throw refused("this database following something else already");
    }
    return there.map(Following::words).orElse("it follows already");
  }

  private Turn requireTurn(Optional<Turn> there, boolean copyDiffering)
      throws SQLException, DatabaseFailure {
    Optional<Turn> here = notes.ofOldMain();
    if (there.isEmpty()) {
      throw refused("no note on main of a moment at which both sides were equal");
    }
    if (!there.get().proven() && !(copyDiffering && there.get().mayFollow())) {
      throw refused(
          "both sides not proven equal at the switch: "
              + there.get().words()
              + (there.get().mayFollow()
                  ? " (all else was; so a copying start needs to copy only "
                      + String.join(", ", there.get().differing())
                      + ")"
                  : ""));
    }
    if (here.isEmpty() || !here.get().token().equals(there.get().token())) {
      throw refused("this database opened or changed since the moment at which both were equal");
    }
    long writes = notes.writes();
    if (writes < 0 || here.get().writes() < 0) {
      throw refused("track_counts off here, so nothing says whether a superuser wrote here since");
    }
    long since = writes - here.get().writes();
    if (since > 0) {
      throw refused(since + " rows written here, by a superuser, since both sides were equal");
    }
    // All at 0 is what a crash leaves, and then nothing was written since that.
    if (since < 0 && writes > 0) {
      throw refused("the counters of rows written here set back since both sides were equal");
    }
    return there.get();
  }

  private static void requireUntouched(Turn turn, Optional<Slot> slot) throws DatabaseFailure {
    if (slot.isEmpty() || !slot.get().isUntouched(turn)) {
      throw refused(
          "the slot on main "
              + slot.map(s -> "in use or read up to " + s.confirmed()).orElse("gone")
              + ", begun at "
              + turn.start());
    }
    if (slot.get().logStatus().equals("lost")) {
      throw refused("main's log since the switch cut off at max_slot_wal_keep_size");
    }
  }

  private static DatabaseFailure refused(String found) {
    return DatabaseFailure.refused(
        found,
        "proof that both sides were equal and that nothing was lost since",
        "nothing was changed; start the replication with a copy, which overwrites this database");
  }
}
