package org.gemel.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The database of one side, and everything that is done to it. Acts on this side only (but {@link
 * #subscribe} also reads main through a connection); whoever commands both sides orders the calls.
 *
 * <p>Every operation is safe to repeat after a kill at any point, and two callers at once wait for
 * each other. Nothing is remembered here: each call reads the database anew. Threads may share it.
 *
 * <p>The orders that lose nothing:
 *
 * <ul>
 *   <li>start: {@code X.publish}, {@code Y.subscribe}, {@code Y.initialSync} until complete
 *   <li>switch: {@code X.hold}, {@code X.position}, {@code X.confirmed} until reached (with {@code
 *       Y.initialSync} complete), {@code X.sequences}, {@code Y.unsubscribe}, {@code
 *       Y.setSequences}, {@code X.unpublish}, {@code X.markBackup}, {@code Y.openAsMain}
 *   <li>split: the same without hold, markBackup and with {@code Y.openAsMain} only
 * </ul>
 */
@SuppressWarnings("DoNotCallSuggester") // shapes only, for now
public final class DatabaseServer {
  private final DatabaseSettings settings;

  public DatabaseServer(DatabaseSettings settings) {
    this.settings = settings;
  }

  /** What is true now. Does not throw: that it does not answer is an answer. */
  public DatabaseStatus status() {
    throw new UnsupportedOperationException();
  }

  /** Rows of every user table, counted exactly in one snapshot, by quoted table name. */
  public Map<String, Long> counts() throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /**
   * Shuts the gate: application roles can no longer connect, and their sessions are ended. When it
   * returns, no transaction of theirs can commit until {@link #openAsMain}.
   *
   * @param grace how long transactions that are in flight may take to finish
   */
  public void hold(Duration grace) throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /** Shuts the gate without grace, then marks this database backup. */
  public void markBackup(long epoch) throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /**
   * Marks this database main and opens the gate, both or neither. Refused while it follows another
   * database, and when it holds only a part of a copy.
   */
  public void openAsMain(long epoch) throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /**
   * A position at or after everything that is committed now. After {@link #hold} nothing of the
   * clients can come after it; otherwise it is the place where a split parts the sides.
   */
  public WalPosition position() throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /**
   * On main: whether the backup has everything up to that position, proven by a live stream. One
   * look; ask again until it is reached. It speaks for tables whose first copy is complete, which
   * only the backup knows: see {@link #initialSync}.
   */
  public Confirmation confirmed(WalPosition position) throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /** Where all sequences stand. */
  public List<SequenceValue> sequences() throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /** Moves sequences forward to at least these values, never backwards. */
  public void setSequences(List<SequenceValue> values) throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /**
   * On main: offers all user tables to a backup. Refused, with the tables named, where offering one
   * would make main's own UPDATE fail.
   */
  public Published publish() throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends the offer, and lets go of all log that was kept for a backup, also of one that is gone.
   */
  public void unpublish() throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /**
   * On the backup: <strong>overwrites this database</strong> with main's, then follows it. Returns
   * when the copy has begun; {@link #initialSync} says how far it is. Nothing is touched before all
   * conditions hold: this database is marked backup and gated, main is main and has published, the
   * tables of both are alike. Called again it begins the copy anew.
   */
  public void subscribe(MainConnection main, long epoch) throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /** On the backup: how far the first copy is. Refused where nothing is followed. */
  public InitialSync initialSync() throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /** On the backup: stops following, in any state, also while main is unreachable. */
  public void unsubscribe() throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  /**
   * Tries what a client would do, and undoes it.
   *
   * @throws DatabaseFailure if that proves nothing, such as on a wrong password
   */
  public GateProof probeApplicationWrite(Credentials application) throws DatabaseFailure {
    throw new UnsupportedOperationException();
  }

  @Override
  public String toString() {
    return settings.address().toString();
  }
}
