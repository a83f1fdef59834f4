package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Does acts so that an acknowledgement can be trusted.
 *
 * <p>Order: journal BEGUN, prepare, statements, files, COMMIT, journal outcome. A refusal before
 * COMMIT was sent is certain, since the server rolls back what it was not told to commit; then the
 * files are taken back. A connection that breaks during COMMIT leaves the act in doubt, and
 * everything as it is: to take the file away could destroy what the database has.
 */
final class Deeds {
  private final Journal journal;
  private final WorkPause pause;
  private final NewsroomConnection database;
  private final InstantSource clock;

  Deeds(Journal journal, WorkPause pause, NewsroomConnection database, InstantSource clock) {
    this.journal = journal;
    this.pause = pause;
    this.database = database;
    this.clock = clock;
  }

  /** Does one act and returns its last journal line. */
  JournalLine perform(Mount mount, Deed deed) throws IOException {
    try (FileLock _ = pause.beginItem()) {
      JournalLine begun = deed.line();
      journal.append(begun);
      JournalLine outcome = outcome(mount, deed, begun);
      journal.append(outcome);
      report(outcome);
      return outcome;
    }
  }

  private JournalLine outcome(Mount mount, Deed deed, JournalLine begun) throws IOException {
    JournalLine line = begun;
    Connection connection;
    try {
      line = deed.prepare(mount, begun);
      connection = database.begin(mount.side());
      line = line.as(Phase.BEGUN, deed.rows(connection, line), line.at(), "");
      deed.files(mount, line);
      mount.demandSame();
    } catch (SQLException | IOException | Refusal e) {
      if (e instanceof SQLException) {
        database.drop();
      } else {
        database.rollBack();
      }
      return refused(mount, deed, line, words(e));
    }
    return commit(mount, deed, line, connection);
  }

  private JournalLine commit(Mount mount, Deed deed, JournalLine line, Connection connection) {
    try {
      connection.commit();
      return line.as(Phase.ACKNOWLEDGED, line.row(), clock.instant(), "");
    } catch (SQLException e) {
      database.drop();
      return leavesDoubt(e.getSQLState())
          ? line.as(Phase.IN_DOUBT, line.row(), clock.instant(), words(e))
          : refused(mount, deed, line, words(e));
    }
  }

  /**
   * Classes 08 (connection) and 57 (the server's operator) say nothing about whether the commit
   * reached the disk.
   */
  static boolean leavesDoubt(@Nullable String sqlState) {
    return sqlState == null || sqlState.startsWith("08") || sqlState.startsWith("57");
  }

  private JournalLine refused(Mount mount, Deed deed, JournalLine line, String reason) {
    try {
      deed.takeBack(mount, line);
      return line.as(Phase.REFUSED, line.row(), clock.instant(), reason);
    } catch (IOException e) {
      return line.as(
          Phase.IN_DOUBT,
          line.row(),
          clock.instant(),
          reason + "; and the file could not be taken back: " + words(e));
    }
  }

  private static String words(Exception e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return e instanceof Refusal ? message : e.getClass().getSimpleName() + ": " + message;
  }

  private static void report(JournalLine line) {
    if (line.phase() != Phase.ACKNOWLEDGED) {
      System.out.printf(
          "%s %s %s %d on %s: %s%n",
          line.at(), line.phase(), line.act(), line.number(), line.side(), line.reason());
    }
  }
}
