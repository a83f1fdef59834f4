package org.gemel.database;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.postgresql.util.PasswordUtil;

/** The user a backup follows main as. It reads everything and writes nothing of the users'. */
final class ReplicationUser {
  private final Session session;
  private final DatabaseSettings settings;

  ReplicationUser(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** Makes it, or gives it what it lacks. */
  void provide() throws SQLException, DatabaseFailure {
    String role = Sql.identifier(settings.replication().user());
    boolean exists =
        session.holds(
            "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = ?)",
            settings.replication().user());
    if (!exists) {
      session.command("CREATE ROLE " + role + " LOGIN REPLICATION BYPASSRLS");
    } else if (!session.holds(
        "SELECT rolcanlogin AND rolreplication AND rolbypassrls FROM pg_roles WHERE rolname = ?",
        settings.replication().user())) {
      session.command("ALTER ROLE " + role + " LOGIN REPLICATION BYPASSRLS");
    }
    session.transaction(
        () -> {
          session.command("GRANT pg_read_all_data TO " + role);
          session.command(
              "GRANT CONNECT ON DATABASE "
                  + Sql.identifier(settings.address().database())
                  + " TO "
                  + role);
          session.command("GRANT USAGE ON SCHEMA gemel TO " + role);
          session.command("GRANT SELECT, INSERT ON gemel.follower TO " + role);
        });
    if (!canLogIn()) {
      setPassword(role);
    }
  }

  private boolean canLogIn() throws SQLException {
    try (Session _ = Session.replication(settings.address(), settings.replication(), List.of())) {
      return true;
    } catch (SQLException e) {
      if (Failures.state(e).equals("28P01")) {
        return false;
      }
      throw e;
    }
  }

  /** Only what the server stores of a password is sent, so that no log can show the password. */
  private void setPassword(String role) throws SQLException {
    char[] password = settings.replication().password().toCharArray();
    String stored =
        PasswordUtil.encodePassword(settings.replication().user(), password, "scram-sha-256");
    Arrays.fill(password, ' ');
    session.command("ALTER ROLE " + role + " PASSWORD " + Sql.literal(stored));
  }
}
