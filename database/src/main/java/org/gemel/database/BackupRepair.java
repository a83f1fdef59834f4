package org.gemel.database;

import java.util.List;

/**
 * What is done to a backup that follows, after a comparison found rows of it otherwise than main's.
 * As with {@link DatabaseServer}, every operation may be repeated.
 *
 * <p>The order: {@code Y.repair}; where tables must come anew, the order of {@link BackupHealing}
 * from its second act on for those; {@code Y.prove}.
 */
public final class BackupRepair {
  private final DatabaseServer server;
  private final DatabaseSettings settings;

  public BackupRepair(DatabaseSettings settings) {
    this.server = new DatabaseServer(settings);
    this.settings = settings;
  }

  /**
   * <strong>Overwrites</strong> the rows here that the last comparison found otherwise than main's,
   * while clients work with main and this side follows. Rows that are alike by now are not touched.
   * Where tables must come anew, this database will not open as main until they have.
   */
  public Repaired repair(MainConnection main, long epoch) throws DatabaseFailure {
    return server.changeWithMain(
        main,
        (session, mainSession) -> {
          FullComparison.lead(session);
          return new RangeRepair(session, mainSession, main, settings).repair(epoch);
        });
  }

  /** Compares the same ranges once more; returns those in which something differs still. */
  public List<DifferingRange> prove(MainConnection main) throws DatabaseFailure {
    // No change, so none is kept waiting by it.
    return server.readWithMain(
        main,
        (session, mainSession) -> {
          FullComparison.lead(session);
          return FullComparison.again(session, mainSession, main, Names.of(settings.pair()));
        });
  }
}
