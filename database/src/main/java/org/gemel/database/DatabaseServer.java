package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.gemel.core.Role;
import org.gemel.database.preflight.DatabaseFacts;

/**
 * The database of one side, and everything that is done to it. Acts on this side only (but {@link
 * #subscribe} also reads main through a connection); whoever commands both sides orders the calls.
 *
 * <p>Every operation may be repeated after a kill, and two callers at once wait for each other.
 * Nothing is remembered here. Threads may share it.
 *
 * <p>The orders that lose nothing:
 *
 * <ul>
 *   <li>start: {@code X.publish}, {@code Y.subscribe}, {@code Y.copy}, {@code Y.initialSync} until
 *       complete
 *   <li>switch: {@code X.hold}, {@code X.position}, {@code X.confirmed} until reached (with {@code
 *       Y.initialSync} complete), {@code X.sequences}, {@code Y.unsubscribe}, {@code
 *       Y.setSequences}, {@code X.unpublish}, {@code X.markBackup}, {@code Y.openAsMain}
 *   <li>switch with a way back that needs no copy: the same with {@code X.lastPosition} in place of
 *       position and {@code Y.turn} in place of unsubscribe; at last {@code X.follow}
 *   <li>split: {@code X.position}, {@code X.confirmed}, {@code X.sequences}, {@code
 *       Y.partFromMain}, {@code Y.setSequences}, {@code X.partFromBackup} (of {@link
 *       SplitDatabase}), {@code Y.openAsMain}
 * </ul>
 */
public final class DatabaseServer {
  private static final long ONE_CHANGE_AT_A_TIME = 0x67656D656C_64L; // "gemeld"

  private final DatabaseSettings settings;

  public DatabaseServer(DatabaseSettings settings) {
    this.settings = settings;
  }

  /**
   * What is true now. Does not throw: that it does not answer is an answer. On a main that is
   * followed it also writes the time that {@link DatabaseStatus.Online#canary} shows.
   */
  public DatabaseStatus status() {
    try (Session session = Session.administrator(settings)) {
      return new StatusReader(session, settings).read();
    } catch (SQLException e) {
      return new DatabaseStatus.Unreachable(failure(e).words());
    } catch (DatabaseFailure e) {
      return new DatabaseStatus.Unreachable(e.words());
    }
  }

  /**
   * Rows of the table whose count people watch, exactly; absent where none is configured or it is
   * missing. Costs a walk through that table.
   */
  public OptionalLong counted() throws DatabaseFailure {
    return read(session -> new StatusReader(session, settings).counted());
  }

  /**
   * What a preflight wants to know of this side; changes nothing.
   *
   * @param partner the other side's database, as this side's server reaches it
   */
  public DatabaseFacts facts(MainConnection partner) throws DatabaseFailure {
    return read(session -> new FactsReader(session, settings).read(partner));
  }

  /** Rows of every user table, counted exactly in one snapshot, by quoted table name. */
  public Map<String, Long> counts() throws DatabaseFailure {
    return read(session -> new StatusReader(session, settings).counts());
  }

  /**
   * Shuts the gate: application roles can no longer connect, and their sessions are ended. When it
   * returns, no transaction of theirs can commit until {@link #openAsMain}.
   *
   * @param grace how long transactions that are in flight may take to finish
   */
  public void hold(Duration grace) throws DatabaseFailure {
    change(
        session -> {
          new Roles(session, settings).hold(grace);
          return true;
        });
  }

  /** Shuts the gate without grace, then marks this database backup. */
  public void markBackup(long epoch) throws DatabaseFailure {
    markBackup(epoch, Duration.ZERO);
  }

  /** Shuts the gate as {@link #hold} does, then marks this database backup. */
  public void markBackup(long epoch, Duration grace) throws DatabaseFailure {
    change(
        session -> {
          new Roles(session, settings).markBackup(epoch, grace);
          return true;
        });
  }

  /**
   * Marks this database main and opens the gate, both or neither. Refused while it follows another
   * database, and when it holds only a part of a copy.
   */
  public void openAsMain(long epoch) throws DatabaseFailure {
    change(
        session -> {
          new Roles(session, settings).openAsMain(epoch);
          return true;
        });
  }

  /** At or after all that is committed now. After {@link #hold} no client's can come after it. */
  public WalPosition position() throws DatabaseFailure {
    return read(session -> new Drain(session, settings).position());
  }

  /**
   * On a held main: like {@link #position}, and noted as the last one, until this database is
   * opened again. Refused while a client could connect.
   */
  public WalPosition lastPosition() throws DatabaseFailure {
    return change(session -> new Turning(session, settings).lastPosition());
  }

  /**
   * On main: whether the backup has everything up to that position, proven by a live stream. One
   * look; ask again until it is reached. It speaks for tables whose first copy is complete, which
   * only the backup knows: see {@link #initialSync}.
   */
  public Confirmation confirmed(WalPosition position) throws DatabaseFailure {
    return read(session -> new Drain(session, settings).confirmed(position));
  }

  /** Where all sequences stand. */
  public List<SequenceValue> sequences() throws DatabaseFailure {
    return read(session -> new Sequences(session).read());
  }

  /** Moves sequences forward to at least these values, never backwards. */
  public void setSequences(List<SequenceValue> values) throws DatabaseFailure {
    change(
        session -> {
          new Sequences(session).moveForward(values);
          return true;
        });
  }

  /**
   * On main: offers all user tables to a backup. Refused, with the tables named, where offering one
   * would make main's own UPDATE fail.
   */
  public Published publish() throws DatabaseFailure {
    return publish(Set.of());
  }

  /** The same without these tables for now, because the backup must get their rows anew. */
  public Published publish(Set<String> without) throws DatabaseFailure {
    return change(session -> new Publication(session, settings).publish(without));
  }

  /** Ends the offer, and lets go of all log kept for a backup, also of one that is gone. */
  public void unpublish() throws DatabaseFailure {
    change(
        session -> {
          new Publication(session, settings).unpublish();
          return true;
        });
  }

  /** The same where nothing that only this database has may be dropped. */
  public void subscribe(MainConnection main, long epoch) throws DatabaseFailure {
    var _ = subscribe(main, epoch, "");
  }

  /**
   * On the backup: <strong>overwrites this database</strong> with main's, then follows it. Returns
   * when it has main's definitions and its tables are empty; {@link #copy} fills them. Unless it is
   * marked backup and gated, main is main and has published, and it can be brought to main's form,
   * everything stays as it was. Called again it begins the copy anew.
   *
   * @param drop the {@link org.gemel.database.preflight.Parity#hash} of what may be dropped
   * @return what was altered here, a sentence without its end
   */
  public String subscribe(MainConnection main, long epoch, String drop) throws DatabaseFailure {
    return changeWithMain(
        main,
        (session, mainSession) ->
            new Subscription(session, settings).subscribe(mainSession, main, epoch, drop));
  }

  /**
   * On the backup, after main's {@link #lastPosition} was confirmed: stops following, and keeps all
   * log from here on, so that the old main may {@link #follow} without a copy. If equality is not
   * proven it stops following all the same; {@link Turned} says why.
   */
  public Turned turn(MainConnection main) throws DatabaseFailure {
    return changeWithMain(
        main, (session, mainSession) -> new Turning(session, settings).turn(mainSession));
  }

  /**
   * On a backup that follows: why a switch now could not {@link #turn} the replication round
   * without a copy; empty if nothing speaks against it. Changes nothing, and holds nobody.
   */
  public List<String> foreseeTurn(MainConnection main) throws DatabaseFailure {
    return readWithMain(
        main, (session, mainSession) -> new Equality(session, mainSession, settings).foresee());
  }

  /**
   * On the old main, marked backup: follows the new one <strong>without a copy</strong>, from the
   * moment of {@link #turn} on. Refused, with nothing changed, unless both sides were proven equal
   * at that moment and nothing was lost or written here since.
   *
   * @return what proved it
   */
  public String follow(MainConnection main, long epoch) throws DatabaseFailure {
    return changeWithMain(
        main,
        (session, mainSession) ->
            new Following(session, settings).follow(mainSession, main, epoch, false));
  }

  /**
   * The same, also where all was proven but some tables ({@link Turned#differing}): those are
   * <strong>overwritten</strong> by a copy, of which {@link #initialSync} tells.
   */
  public String followCopyingDiffering(MainConnection main, long epoch) throws DatabaseFailure {
    return changeWithMain(
        main,
        (session, mainSession) ->
            new Following(session, settings).follow(mainSession, main, epoch, true));
  }

  /**
   * On the backup, after {@link #subscribe}: copies main's rows, and returns when PostgreSQL can do
   * the rest by itself; {@link #initialSync} says whether there is any. Where a copy is under way
   * already, waits for it. Interrupted or cut off, what came of whole tables stays, and the next
   * call, or the next {@link #initialSync}, goes on.
   *
   * @param progress is told how far it is, by the calling thread, several times a second
   */
  public void copy(CopyPace pace, Consumer<InitialSync> progress) throws DatabaseFailure {
    new FirstCopy(this, settings).perform(pace, progress);
  }

  /**
   * On the backup: how far the first copy is. Refused where nothing is followed. Where a {@link
   * #copy} was cut off, PostgreSQL copies the rest from here on; and one that a crash made
   * impossible to finish is begun anew from here.
   */
  public InitialSync initialSync() throws DatabaseFailure {
    return new FirstCopy(this, settings).sync();
  }

  public List<TableComparison> compare(
      MainConnection main, ComparisonPace pace, Consumer<ComparisonProgress> progress)
      throws DatabaseFailure {
    return compare(main, pace, false, progress);
  }

  /**
   * On the backup: compares every row of both sides, while clients work, or nobody does.
   *
   * @param anew from the beginning, and not on where one that was cut off stood
   * @param progress is told how far it is after each range, by any thread
   */
  public List<TableComparison> compare(
      MainConnection main, ComparisonPace pace, boolean anew, Consumer<ComparisonProgress> progress)
      throws DatabaseFailure {
    return FullComparison.perform(this, settings, main, pace, anew, progress);
  }

  /** The same text as long as the tables' definitions that matter to replication are the same. */
  public String definitions() throws DatabaseFailure {
    return read(session -> TableShapes.read(session).fingerprint());
  }

  /** On the backup: stops following, in any state, also while main is unreachable. */
  public void unsubscribe() throws DatabaseFailure {
    change(
        session -> {
          new Subscription(session, settings).unsubscribe();
          if (new OwnSchema(session).mark().filter(m -> m.role() == Role.BACKUP).isPresent()) {
            // A backup leads nobody, and a slot left over fills its disk.
            new Publication(session, settings).unpublish();
          }
          return true;
        });
  }

  /**
   * Tries what a client would do, and undoes it.
   *
   * @throws DatabaseFailure if that proves nothing, such as on a wrong password
   */
  public GateProof probeApplicationWrite(Credentials application) throws DatabaseFailure {
    try (Session session = Session.client(settings.address(), application)) {
      if (session.one("SHOW transaction_read_only", row -> row.getString(1)).equals("on")) {
        return new GateProof.Refused("its transactions are read-only");
      }
      session.transaction(
          () -> session.one("SELECT pg_current_xact_id()::text", row -> row.getString(1)));
      return new GateProof.Accepted();
    } catch (SQLException e) {
      if (Failures.state(e).equals(Failures.NO_CONNECT_PRIVILEGE)) {
        return new GateProof.Refused(Failures.words(e, application));
      }
      throw Failures.of(e, settings.address().toString(), application);
    }
  }

  /** What is done over a session. */
  interface Operation<T> {
    T perform(Session session) throws SQLException, DatabaseFailure;
  }

  <T> T read(Operation<T> operation) throws DatabaseFailure {
    try (Session session = Session.administrator(settings)) {
      return operation.perform(session);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Changes come one after the other, also those of a caller that was killed and began anew. */
  <T> T change(Operation<T> operation) throws DatabaseFailure {
    return read(
        session -> {
          session.list("SELECT pg_advisory_lock(?)", row -> true, ONE_CHANGE_AT_A_TIME);
          requireSuperuser(session);
          return operation.perform(session);
        });
  }

  /** What is done over a session here and one on main. */
  interface OperationWithMain<T> {
    T perform(Session session, Session main) throws SQLException, DatabaseFailure;
  }

  <T> T changeWithMain(MainConnection main, OperationWithMain<T> operation) throws DatabaseFailure {
    return change(session -> withMain(session, main, operation));
  }

  /** Nobody waits for it, however long it takes; so it changes nothing. */
  <T> T readWithMain(MainConnection main, OperationWithMain<T> operation) throws DatabaseFailure {
    return read(session -> withMain(session, main, operation));
  }

  private <T> T withMain(Session session, MainConnection main, OperationWithMain<T> operation)
      throws DatabaseFailure {
    try (Session mainSession =
        Session.replication(main.address(), main.replication(), settings.leftOut())) {
      return operation.perform(session, mainSession);
    } catch (SQLException e) {
      throw Failures.of(
          e,
          settings.address() + " or main " + main.address(),
          settings.administrator(),
          main.replication());
    }
  }

  private void requireSuperuser(Session session) throws SQLException, DatabaseFailure {
    if (!session.holds("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
      throw DatabaseFailure.refused(
          "the administrator " + settings.administrator().user() + " being no superuser",
          "a superuser, who alone may gate, end and replicate every session and table",
          "make it one, or name another in the settings");
    }
  }

  DatabaseFailure failure(SQLException e) {
    return Failures.of(
        e, settings.address().toString(), settings.administrator(), settings.replication());
  }

  @Override
  public String toString() {
    return settings.address().toString();
  }
}
