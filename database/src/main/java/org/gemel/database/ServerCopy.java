package org.gemel.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is done to both databases when the backup's whole server is replaced by a physical copy of
 * main's; of files and programs it knows nothing.
 *
 * <p>The order: {@link #begin}, which makes a slot; the copy; {@link #makeBackup} on a server that
 * runs on the copy for nobody else; {@link #whileWanted} ends the old server; {@link #follow} once
 * the copy runs in its place. Until then {@link #cancel} leaves everything as it was.
 */
public final class ServerCopy {
  private static final Duration SLOT_PATIENCE = Duration.ofSeconds(60);

  private final DatabaseSettings settings;
  private final MainConnection main;
  private final DatabaseServer server;
  private final String name;

  public ServerCopy(DatabaseSettings settings, MainConnection main) {
    this.settings = settings;
    this.main = main;
    this.server = new DatabaseServer(settings);
    this.name = Names.of(settings.pair());
  }

  /**
   * What must be known of both servers once only the copy is at hand.
   *
   * @param offer main's, from before the slot
   * @param superuser the one that every server has, by main's name
   * @param preparedTransactions as many as main may have
   * @param system the backup's identifier until now
   * @param verifiers of the backup's passwords, as its server keeps them, by role
   */
  public record Begun(
      String offer,
      String superuser,
      int preparedTransactions,
      String system,
      Map<String, String> verifiers) {
    @Override
    public String toString() {
      return "begun for " + system; // what is kept of passwords is in no log
    }
  }

  /** What it would overwrite. Changes nothing. */
  public ServerListing listing() throws DatabaseFailure {
    return server.read(
        session -> {
          try (Session onMain =
              Session.replication(main.address(), main.replication(), settings.leftOut())) {
            return listing(session, onMain);
          } catch (SQLException e) {
            throw Failures.isNotLetIn(e)
                ? neverOffered(e)
                : Failures.of(e, "main " + main.address(), main.replication());
          }
        });
  }

  private ServerListing listing(Session session, Session onMain)
      throws SQLException, DatabaseFailure {
    ServerListing listing =
        new ServerListingReader(session, onMain, settings, main.address().database()).read();
    try (Session _ = Session.ofWholeServer(main)) {
      return listing;
    } catch (SQLException e) {
      return listing.with(
          List.of(
              "main not letting '%s' copy its server: %s (pg_hba.conf there needs a line for it with 'replication' as the database)"
                  .formatted(main.replication().user(), Failures.words(e, main.replication()))));
    }
  }

  /** Only what offers rows makes the replication user, and an offer is a change. */
  private DatabaseFailure neverOffered(SQLException e) {
    return DatabaseFailure.refused(
        "'%s' from main %s".formatted(Failures.words(e, main.replication()), main.address()),
        "the replication user '%s' let in there, which the first start makes"
            .formatted(main.replication().user()),
        "order the start with --physical and without --overwrite-server: it makes that user, and where"
            + " more than the pair's database would be lost it stops there with the list; if the sides"
            + " did replicate before, correct user, password or name in the settings");
  }

  /** Tells the backup's server from all others. */
  public String identifier() throws DatabaseFailure {
    return server.read(Session::systemIdentifier);
  }

  /** Every condition that the databases themselves put; then main keeps its log for the copy. */
  public Begun begin(long epoch) throws DatabaseFailure {
    return server.changeWithMain(
        main,
        (session, onMain) -> {
          new OwnSchema(session).requireEpoch(epoch);
          new Subscription(session, settings).requireGatedBackup();
          MainReader reader = new MainReader(onMain, main, name);
          reader.requireReady(session, epoch);
          String offer = reader.offer();
          Slots slots = new Slots(onMain, Names.serverCopy(name));
          slots.drop();
          var _ = slots.make(SLOT_PATIENCE);
          return new Begun(
              offer,
              onMain.one("SELECT rolname FROM pg_roles WHERE oid = 10", row -> row.getString(1)),
              onMain.one(
                  "SELECT current_setting('max_prepared_transactions')", row -> row.getInt(1)),
              session.systemIdentifier(),
              CopiedRoles.verifiers(session));
        });
  }

  /** Main keeps no log for a copy any more. */
  public void cancel() throws DatabaseFailure {
    onMain(
        session -> {
          new Slots(session, Names.serverCopy(name)).drop();
          return true;
        });
  }

  /** Whether main still keeps its log for the copy; a stop there ends that, or a limit. */
  public boolean isKept() throws DatabaseFailure {
    return onMain(
        session ->
            new Slots(session, Names.serverCopy(name))
                .read()
                .filter(slot -> !slot.logStatus().equals("lost"))
                .isPresent());
  }

  /**
   * Whether the server on the copy is ready for {@link #makeBackup}.
   *
   * @param socket where it listens
   */
  public boolean answers(Path socket, Begun begun) throws DatabaseFailure {
    try (Session session = Session.inFolder(socket, begun.superuser(), "template1")) {
      return !session.holds("SELECT pg_is_in_recovery()");
    } catch (SQLException e) {
      if (Failures.isLossOfConnection(e)) {
        return false;
      }
      throw ofCopy(e);
    }
  }

  /**
   * On the copy, which nobody else can reach: it becomes a backup that follows main from just where
   * its rows end, and nothing that came along acts.
   *
   * @return where its rows end
   */
  public WalPosition makeBackup(Path socket, Begun begun, long epoch) throws DatabaseFailure {
    try {
      return new CopiedServer(settings, main, socket, begun).makeBackup(epoch);
    } catch (SQLException e) {
      throw ofCopy(e);
    }
  }

  /** What is done while nobody changes this database. */
  public interface Act {
    void perform() throws DatabaseFailure, InterruptedException;
  }

  /**
   * Ends the old server, if it is still a gated backup, of no later epoch, and main keeps its log.
   * Nobody else changes this database meanwhile.
   */
  public void whileWanted(long epoch, Act act) throws DatabaseFailure, InterruptedException {
    InterruptedException[] interrupted = new InterruptedException[1];
    server.change(
        session -> {
          new OwnSchema(session).requireEpoch(epoch);
          new Subscription(session, settings).requireGatedBackup();
          if (!isKept()) {
            throw notKept();
          }
          try {
            act.perform();
          } catch (InterruptedException e) {
            interrupted[0] = e;
          }
          return true;
        });
    if (interrupted[0] != null) {
      throw interrupted[0];
    }
  }

  /** The copy was ended by somebody on main. */
  public DatabaseFailure notKept() {
    return DatabaseFailure.refused(
        "the slot "
            + Names.serverCopy(name)
            + " gone from main, as after a stop there, or its log let go of at"
            + " max_slot_wal_keep_size",
        "main to keep its log until the copy follows",
        "nothing was changed here; start the replication again, with a higher limit if it was that");
  }

  /**
   * The copy is in its place, and runs: the log that main kept for it is the pair's from here on,
   * and it follows from there. Where somebody stopped it meanwhile, main keeps no log. May be
   * repeated.
   *
   * @param before the backup's identifier until now
   * @param now of the copy
   */
  public void follow(String before, String now) throws DatabaseFailure {
    if (server.read(session -> new Subscription(session, settings).isAsleep())) {
      handOver(before, now);
      server.change(
          session -> {
            Subscription subscription = new Subscription(session, settings);
            if (subscription.isAsleep()) {
              session.transaction(() -> subscription.enable(new OwnSchema(session).offer()));
            }
            return true;
          });
    } else {
      cancel();
    }
  }

  /** Its own slot would be further on than the copy's rows: so that goes, and the copy's is it. */
  private void handOver(String before, String now) throws DatabaseFailure {
    onMain(
        session -> {
          new OwnSchema(session).addFollower(now);
          Slots pair = new Slots(session, name);
          Slots copy = new Slots(session, Names.serverCopy(name));
          if (copy.read().isPresent()) {
            pair.drop();
            pair.dropTableCopies(List.of(before));
            copy.copyTo(name);
            copy.drop();
          }
          return true;
        });
  }

  private <T> T onMain(DatabaseServer.Operation<T> operation) throws DatabaseFailure {
    try (Session session =
        Session.replication(main.address(), main.replication(), settings.leftOut())) {
      return operation.perform(session);
    } catch (SQLException e) {
      throw Failures.of(e, "main " + main.address(), main.replication());
    }
  }

  private DatabaseFailure ofCopy(SQLException e) {
    return Failures.of(
        e, "on the copy of main's server", settings.administrator(), main.replication());
  }
}
