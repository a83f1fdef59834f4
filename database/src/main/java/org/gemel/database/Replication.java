package org.gemel.database;

import java.time.Duration;
import java.util.Optional;

/** What replication does in one database, as the server itself says. */
public sealed interface Replication {
  /** One line for a person. */
  String words();

  /** Nothing runs and nothing is left over. */
  record None(String words) implements Replication {}

  /**
   * A backup follows this database over a live stream.
   *
   * @param lagBytes log the backup has not confirmed
   * @param replayLag how long ago what the backup confirmed last was written; absent while idle
   */
  record Master(long lagBytes, Optional<Duration> replayLag, String words) implements Replication {}

  /** This database follows main, or makes its first copy of it. */
  record Backup(InitialSync sync, String words) implements Replication {}

  /** It is set up and does not work. */
  record Failed(String words) implements Replication {}
}
