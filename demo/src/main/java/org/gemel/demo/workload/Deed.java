package org.gemel.demo.workload;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One act, in the parts that {@link Deeds} puts in order.
 *
 * <p>All changes to files come before COMMIT. A side that became backup refuses the commit; so an
 * acknowledged file was on the volume before its database was closed, and the mirror pass that
 * follows carries it.
 */
interface Deed {
  /** What will be claimed, as {@link Phase#BEGUN}. */
  JournalLine line();

  /**
   * Long work on new files that needs no transaction, such as a recording; returns the line with
   * what came out.
   */
  default JournalLine prepare(Mount mount, JournalLine line) throws IOException, Refusal {
    return line;
  }

  /** The statements; returns the id of the row. Not committed here. */
  long rows(Connection connection, JournalLine line) throws SQLException, Refusal;

  /** The changes to files, after the database has taken the statements. */
  void files(Mount mount, JournalLine line) throws IOException;

  /** Takes the files back after a refusal that is certain. */
  void takeBack(Mount mount, JournalLine line) throws IOException;
}
