package org.gemel.demo.facility;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.gemel.demo.workload.DatabaseAccess;
import org.gemel.demo.workload.JournalLine;

/**
 * The newsroom database and the roles of its clients, alike on both sides.
 *
 * <p>It never lets the application role connect: whether a side accepts clients is its role, which
 * the control point gives and a second start of the demo must not undo.
 */
public final class NewsroomSchema {
  /** The database's name. */
  public static final String DATABASE = "newsroom";

  /** The role editors and all other clients log in as. */
  public static final String APPLICATION = "newsroom_app";

  /** The role that only reads, and may do so on a backup too. */
  public static final String OBSERVER = "newsroom_observer";

  private NewsroomSchema() {}

  /**
   * Makes whatever is missing; safe to repeat.
   *
   * @param server an administrator's access to the database {@code postgres}
   * @param newsroom the same administrator's access to the database {@value #DATABASE}
   */
  public static void apply(
      DatabaseAccess server,
      DatabaseAccess newsroom,
      String applicationPassword,
      String observerPassword)
      throws SQLException, IOException {
    try (Connection connection = server.open()) {
      role(connection, APPLICATION, applicationPassword);
      role(connection, OBSERVER, observerPassword);
      if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", DATABASE)) {
        execute(
            connection,
            "CREATE DATABASE " + DATABASE + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
      }
      execute(connection, "REVOKE CONNECT, TEMPORARY ON DATABASE " + DATABASE + " FROM PUBLIC");
      execute(connection, "GRANT CONNECT ON DATABASE " + DATABASE + " TO " + OBSERVER);
    }
    try (Connection connection = newsroom.open()) {
      connection.setAutoCommit(false);
      execute(connection, script());
      execute(connection, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + OBSERVER);
      connection.commit();
    }
  }

  /** Lets clients in without a control point, for tests of the parts. */
  public static void letClientsIn(DatabaseAccess server) throws SQLException {
    try (Connection connection = server.open()) {
      execute(connection, "GRANT CONNECT ON DATABASE " + DATABASE + " TO " + APPLICATION);
    }
  }

  /** Shuts clients out, those inside too, as a test's stand-in for the real gate. */
  public static void shutClientsOut(DatabaseAccess server) throws SQLException {
    try (Connection connection = server.open()) {
      execute(connection, "REVOKE CONNECT ON DATABASE " + DATABASE + " FROM " + APPLICATION);
      execute(
          connection,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
              + APPLICATION
              + "'");
    }
  }

  /** Adds the rows of the material a facility begins with; those already there stay. */
  public static void seed(DatabaseAccess newsroom, List<JournalLine> material) throws SQLException {
    try (Connection connection = newsroom.open()) {
      connection.setAutoCommit(false);
      if (exists(connection, "SELECT FROM projects WHERE device = ?", SeedMaterial.DEVICE)) {
        return;
      }
      SeedRows.insert(connection, material);
      connection.commit();
    }
  }

  private static void role(Connection connection, String name, String password)
      throws SQLException {
    if (!password.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException(
          "found a password for " + name + " with other signs, wanted letters and digits");
    }
    if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", name)) {
      execute(connection, "CREATE ROLE " + name + " LOGIN");
    }
    execute(connection, "ALTER ROLE " + name + " PASSWORD '" + password + "'");
  }

  private static boolean exists(Connection connection, String sql, String value)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String script() throws IOException {
    try (InputStream resource = NewsroomSchema.class.getResourceAsStream("newsroom.sql")) {
      if (resource == null) {
        throw new IOException(
            "found no newsroom.sql in the program, wanted it there: build it again");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
