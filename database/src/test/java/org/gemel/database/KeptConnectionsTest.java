package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // set before all tests, not by a constructor
final class KeptConnectionsTest {
  @TempDir static Path folder;
  private static Servers.Node node;

  @BeforeAll
  static void startServer() throws Exception {
    node = new Servers.Node(folder.resolve("x"));
  }

  @AfterAll
  static void stopServer() throws Exception {
    node.stop();
  }

  private static Session open(String database) throws SQLException {
    return open(database, List.of());
  }

  private static Session open(String database, List<String> leftOut) throws SQLException {
    return Session.replication(
        new DatabaseAddress("127.0.0.1", node.server.port(), database),
        new Credentials("postgres", Servers.PASSWORD),
        leftOut);
  }

  private static int process(Session session) throws SQLException {
    return session.one("SELECT pg_backend_pid()", row -> row.getInt(1));
  }

  @Test
  void nextUseTakesTheSameConnectionAndFindsNothingOfTheLastOne() throws Exception {
    int used;
    try (Session session = open("postgres", List.of("public.left"))) {
      used = process(session);
      session.statementTimeout(Duration.ofSeconds(1));
      session.list("SELECT pg_advisory_lock(77)", row -> true);
      session.command("CREATE TEMP TABLE mine (a int)");
      session.command("LISTEN mine");
    }
    try (Session next = open("postgres")) {
      assertThat(process(next)).isEqualTo(used);
      assertThat(next.texts("SHOW statement_timeout")).containsExactly("75s");
      assertThat(next.texts("SHOW jit")).containsExactly("off");
      assertThat(next.texts("SHOW application_name")).containsExactly("gemel");
      assertThat(next.holds("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory')"))
          .isFalse();
      assertThat(next.holds("SELECT to_regclass('pg_temp.mine') IS NULL")).isTrue();
      assertThat(next.texts("SELECT pg_listening_channels()")).isEmpty();
      assertThat(next.holds("SELECT coalesce(current_setting('gemel.left_out', true), '') = ''"))
          .isTrue();
    }
  }

  @Test
  void twoUsesAtOnceTakeTwoConnections() throws Exception {
    try (Session one = open("postgres");
        Session other = open("postgres")) {
      assertThat(process(one)).isNotEqualTo(process(other));
    }
  }

  @Test
  void oneThatTheServerEndedIsNotHandedOut() throws Exception {
    int ended;
    try (Session session = open("postgres")) {
      ended = process(session);
    }
    node.sql("postgres", "SELECT pg_terminate_backend(" + ended + ", 5000)");
    try (Session next = open("postgres")) {
      assertThat(process(next)).isNotEqualTo(ended);
    }
  }

  @Test
  void oneLeftInTheMidstOfRowsIsNotHandedOut() throws Exception {
    int left;
    try (Session session = open("postgres")) {
      left = process(session);
      var unused = session.copyOut("COPY (SELECT generate_series(1, 100000)) TO STDOUT");
    }
    try (Session next = open("postgres")) {
      assertThat(process(next)).isNotEqualTo(left);
    }
  }

  @Test
  void oneLeftInATransactionThatFailedIsRolledBackFirst() throws Exception {
    try (Session session = open("postgres")) {
      assertThatThrownBy(() -> session.transaction(() -> session.command("SELECT 1/0")))
          .isInstanceOf(SQLException.class);
    }
    try (Session next = open("postgres")) {
      assertThat(next.holds("SELECT true")).isTrue();
    }
  }

  @Test
  void nobodyWhoDropsADatabaseIsHeldUp() throws Exception {
    node.sql("postgres", "CREATE DATABASE passing");
    try (Session session = open("passing")) {
      assertThat(session.holds("SELECT true")).isTrue();
    }
    node.sql("postgres", "DROP DATABASE passing");
    assertThatThrownBy(() -> open("passing")).hasMessageContaining("does not exist");
  }

  @Test
  void aPasswordIsNotProvenByAnothersConnection() throws Exception {
    try (Session session = open("postgres")) {
      assertThat(session.holds("SELECT true")).isTrue();
    }
    assertThatThrownBy(
            () ->
                Session.replication(
                    new DatabaseAddress("127.0.0.1", node.server.port(), "postgres"),
                    new Credentials("postgres", "another"),
                    List.of()))
        .hasMessageContaining("password");
  }
}
