package org.gemel.database;

import java.util.Set;

/**
 * What is done to a database that follows, after main's definitions were altered. As with {@link
 * DatabaseServer}, every operation may be repeated, and a healing that was cut off is begun again.
 *
 * <p>The order: {@code Y.begin}, {@code X.publish(without what comes anew)}, {@code Y.alter},
 * {@code X.publish()}, {@code Y.follow}, {@code Y.initialSync} until complete.
 */
public final class BackupHealing {
  private final DatabaseServer server;
  private final DatabaseSettings settings;

  public BackupHealing(DatabaseSettings settings) {
    this.server = new DatabaseServer(settings);
    this.settings = settings;
  }

  /** What would bring the definitions here to main's again; changes nothing. */
  public HealPlan plan(MainConnection main) throws DatabaseFailure {
    return server.changeWithMain(
        main,
        (session, mainSession) -> new SchemaHealing(session, mainSession, main, settings).plan());
  }

  /**
   * The same, and where there is something to do this database <strong>will not open as
   * main</strong> from here on until the healing has come to its end.
   */
  public HealPlan begin(MainConnection main, long epoch) throws DatabaseFailure {
    return server.changeWithMain(
        main,
        (session, mainSession) ->
            new SchemaHealing(session, mainSession, main, settings).begin(epoch));
  }

  /**
   * Empties these tables, and <strong>alters and drops</strong> as main has.
   *
   * @param anew tables whose rows come again, which main has taken out of its publication
   */
  public void alter(MainConnection main, Set<String> anew, long epoch) throws DatabaseFailure {
    server.changeWithMain(
        main,
        (session, mainSession) -> {
          new SchemaHealing(session, mainSession, main, settings).alter(anew, epoch);
          return true;
        });
  }

  /** Follows all that main offers again, and begins to copy what is new. */
  public void follow(MainConnection main, long epoch) throws DatabaseFailure {
    server.changeWithMain(
        main,
        (session, mainSession) -> {
          new SchemaHealing(session, mainSession, main, settings).follow(epoch);
          return true;
        });
  }
}
