package org.gemel.bench.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.gemel.bench.process.Timed;

/**
 * PostgreSQL's replication as its manual has it, in the server's own defaults. It wants the tables
 * to be there: they are made before, and not counted.
 */
public record PlainSubscription(Access from, Access to, Timed timed) implements Copier {
  public static final String NAME = "CREATE SUBSCRIPTION";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void prepare() throws IOException, InterruptedException, SQLException {
    Dump.definitions(from, to, timed).copy();
  }

  @Override
  public void copy() throws InterruptedException, SQLException {
    from.run("CREATE PUBLICATION plain FOR TABLES IN SCHEMA public");
    to.run(
        "CREATE SUBSCRIPTION plain CONNECTION 'host=127.0.0.1 port="
            + from.port()
            + " dbname="
            + from.database()
            + " user="
            + from.user()
            + " password="
            + from.password()
            + "' PUBLICATION plain");
    try (Connection connection = to.connect();
        Statement statement = connection.createStatement()) {
      while (copying(statement)) {
        Thread.sleep(20);
      }
    }
  }

  private static boolean copying(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT 1 FROM pg_subscription_rel WHERE srsubstate <> 'r' LIMIT 1")) {
      return rows.next();
    }
  }

  @Override
  public void takeDown() throws SQLException {
    from.run("DROP PUBLICATION plain");
  }
}
