package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of direction, as far as it is done before the new main opens.
 *
 * <p>The old main, held, notes its last position. The backup has confirmed that position: it proves
 * that it equals the old main ({@link Equality}), and in one transaction notes that and follows no
 * more. Then, still gated, it makes the slot for the way back: so no row of a client can come
 * before the slot. Cut off anywhere, a repetition goes on from the note.
 *
 * <p>That a way back without a copy cannot be had is no failure: the roles change all the same, and
 * the note says why it cannot.
 */
final class Turning {
  private static final Duration SLOT_PATIENCE = Duration.ofSeconds(10);

  private final Session session;
  private final DatabaseSettings settings;
  private final OwnSchema own;
  private final TurnNotes notes;

  Turning(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
    this.own = new OwnSchema(session);
    this.notes = new TurnNotes(session);
  }

  /**
   * On the old main: the position past everything it has, noted. The token stays while nobody has
   * written, so that a repetition does not belie what the other side noted.
   */
  WalPosition lastPosition() throws SQLException, DatabaseFailure {
    own.create();
    var open = new Gate(session, settings).leaks();
    if (!open.isEmpty()) {
      throw DatabaseFailure.refused(
          "clients that can connect to this database: " + open,
          "none, so that there is a last position",
          "hold them out first");
    }
    new Roles(session, settings).hold(Duration.ZERO);
    long writes = notes.writes();
    String token =
        notes
            .ofOldMain()
            .filter(turn -> writes == turn.writes() || writes == 0) // 0: after a crash
            .map(Turn::token)
            .orElseGet(() -> UUID.randomUUID().toString());
    WalPosition position = new Drain(session, settings).position();
    notes.write(Turn.ofOldMain(token, position, writes));
    return position;
  }

  /** On the backup: stops following, and keeps what the old main needs to follow this one. */
  Turned turn(Session main) throws SQLException, DatabaseFailure {
    own.create();
    Subscription subscription = new Subscription(session, settings);
    if (subscription.exists()) {
      subscription.requireGatedBackup();
      Turn turn = new Equality(session, main, settings).judge();
      session.transaction(
          () -> {
            notes.write(turn);
            subscription.drop();
          });
      subscription.dropOrphanedOrigins();
    }
    Optional<Turn> noted = notes.ofNewMain();
    if (noted.isEmpty()) {
      return new Turned(false, "this database followed nothing, so nothing proves it equal");
    }
    Turn turn = noted.get();
    if (turn.mayFollow() && turn.start() == null) {
      turn = keepLog(turn);
    }
    return new Turned(turn.proven(), turn.words(), turn.differing());
  }

  /** The slot is made anew where a kill left one that is not noted. */
  private Turn keepLog(Turn turn) throws SQLException, DatabaseFailure {
    // Once opened it is too late, and openAsMain has noted that: so it must not open meanwhile.
    // Changes of one database wait for each other.
    Publication publication = new Publication(session, settings);
    Slots slots = new Slots(session, Names.of(settings.pair()));
    Turn kept;
    try {
      offer(publication);
      slots.drop(own.followers());
      String offer = new Offer(session, Names.of(settings.pair())).fingerprint();
      kept = turn.startingAt(slots.make(SLOT_PATIENCE), offer);
    } catch (DatabaseFailure e) {
      kept = withoutLog(turn, publication, e.words());
    } catch (SQLException e) {
      if (Failures.isLossOfConnection(e)) {
        throw e; // a repetition tries again
      }
      kept = withoutLog(turn, publication, words(e));
    }
    notes.write(kept);
    return kept;
  }

  /**
   * Not waited for until it is on disk: the note that comes after it is, and all before with it.
   */
  private void offer(Publication publication) throws SQLException, DatabaseFailure {
    session.command("SET synchronous_commit = off");
    try {
      publication.offer();
    } finally {
      session.command("SET synchronous_commit = on");
    }
  }

  /** A switch must not hang on its way back, so whatever is left over is only named. */
  private Turn withoutLog(Turn turn, Publication publication, String why) throws SQLException {
    String words = "no log could be kept for the way back: " + why;
    try {
      publication.unpublish();
    } catch (DatabaseFailure e) {
      words += "; and what was begun of it is left: " + e.words();
    } catch (SQLException e) {
      if (Failures.isLossOfConnection(e)) {
        throw e;
      }
      words += "; and what was begun of it is left: " + words(e);
    }
    return turn.disproven(words);
  }

  private String words(SQLException e) {
    return Failures.words(e, settings.administrator(), settings.replication());
  }
}
