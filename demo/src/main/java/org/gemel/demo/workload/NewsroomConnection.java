package org.gemel.demo.workload;

import java.sql.Connection;
import java.sql.SQLException;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of a workload, to the database of the side it is on; opened anew after every
 * fault.
 */
final class NewsroomConnection implements AutoCloseable {
  private final WorkloadConfig config;
  private @Nullable Connection connection;
  private @Nullable Side connectedTo;

  NewsroomConnection(WorkloadConfig config) {
    this.config = config;
  }

  /** An open connection in a new transaction. */
  Connection begin(Side side) throws SQLException {
    Connection open = connection;
    if (open == null || connectedTo != side) {
      drop();
      open = config.database(side).open();
      open.setAutoCommit(false);
      connection = open;
      connectedTo = side;
    }
    return open;
  }

  /** Ends the transaction without effect, by ending the connection if need be. */
  void rollBack() {
    Connection open = connection;
    if (open == null) {
      return;
    }
    try {
      open.rollback();
    } catch (SQLException e) {
      drop();
    }
  }

  /** Forgets the connection. The server rolls back what it had not committed. */
  void drop() {
    Connection open = connection;
    connection = null;
    connectedTo = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      System.err.println("closing a broken connection: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    drop();
  }
}
