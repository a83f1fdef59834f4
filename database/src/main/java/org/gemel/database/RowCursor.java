package org.gemel.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows of a query, pulled one after the other and never all held; inside a transaction. */
final class RowCursor implements AutoCloseable {
  private final PreparedStatement statement;
  private final ResultSet rows;

  RowCursor(PreparedStatement statement) throws SQLException {
    this.statement = statement;
    this.rows = statement.executeQuery();
  }

  boolean next() throws SQLException {
    return rows.next();
  }

  ResultSet row() {
    return rows;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
