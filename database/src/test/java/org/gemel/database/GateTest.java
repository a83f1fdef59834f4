package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gemel.core.Role;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // fields are set before each test, not by a constructor
final class GateTest {
  private static final Duration GRACE = Duration.ofMillis(300);

  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "gated");
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void fillNewsroom() throws Exception {
    newsroom.fill(20);
  }

  @Test
  @Tag("M-41")
  @Tag("M-20")
  void backupRefusesClientsAndMainAcceptsThem() throws Exception {
    assertThat(newsroom.x.database.probeApplicationWrite(Newsroom.EDITOR))
        .isInstanceOf(GateProof.Accepted.class);
    newsroom.x.writeAsset("accepted");
    assertThat(newsroom.y.database.probeApplicationWrite(Newsroom.EDITOR))
        .isInstanceOfSatisfying(
            GateProof.Refused.class, r -> assertThat(r.words()).contains("CONNECT"));
    assertThatThrownBy(() -> newsroom.y.writeAsset("refused")).isInstanceOf(SQLException.class);
  }

  @Test
  @Tag("M-12")
  void statusSaysTheRoleAsItReallyIs() throws Exception {
    DatabaseStatus.Online main = newsroom.x.online();
    assertThat(main.role()).isEqualTo(Role.MAIN);
    assertThat(main.mark()).map(Mark::epoch).contains(1L);
    assertThat(main.held()).isEmpty();
    assertThat(main.disagreement()).isEmpty();
    assertThat(newsroom.x.database.counted()).hasValue(20);
    assertThat(main.replication()).isInstanceOf(Replication.None.class);
    assertThat(newsroom.y.online().role()).isEqualTo(Role.BACKUP);

    newsroom.x.database.hold(GRACE);
    assertThat(newsroom.x.online().role()).isEqualTo(Role.BACKUP);
    assertThat(newsroom.x.online().held()).contains("marked main");

    newsroom.y.node.sql("postgres", "GRANT CONNECT ON DATABASE gated TO PUBLIC");
    assertThat(newsroom.y.online().role()).isEqualTo(Role.MAIN);
    assertThat(newsroom.y.online().disagreement()).contains("editor", "set it backup again");
  }

  @Test
  @Tag("M-41")
  void afterHoldReturnsNoClientTransactionEverCommitsAndNoAcknowledgedRowIsMissing()
      throws Exception {
    Set<String> present;
    try (Writers writers = new Writers(List.of(newsroom.x), 3, 4)) {
      for (int round = 1; round <= 3; round++) {
        int before = writers.acknowledged().size();
        Newsroom.await("rows under way", () -> writers.acknowledged().size() > before + 60);
        newsroom.x.database.hold(GRACE);
        long held = newsroom.x.number("SELECT count(*) FROM assets");
        int refused = writers.refused();
        // Each writer is held out at least twice more: they still try with all their might.
        Newsroom.await("attempts", () -> writers.refused() > refused + 60);
        assertThat(newsroom.x.number("SELECT count(*) FROM assets")).isEqualTo(held);
        assertThat(
                newsroom.x.number(
                    "SELECT count(*) FROM pg_stat_activity WHERE usename = 'editor'"
                        + " AND datname = 'gated'"))
            .isZero();
        newsroom.x.database.openAsMain(round + 1);
      }
      newsroom.x.database.hold(GRACE);
      present = new HashSet<>(newsroom.x.list("SELECT title FROM assets", r -> r.getString(1)));
      assertThat(present).containsAll(writers.acknowledged());
    }
  }

  @Test
  void aTransactionInFlightGetsItsGraceAndOneThatTakesLongerIsEnded() throws Exception {
    try (Connection quick = newsroom.x.client();
        Connection slow = newsroom.x.client();
        Statement quickStatement = quick.createStatement();
        Statement slowStatement = slow.createStatement()) {
      slow.setAutoCommit(false);
      slowStatement.execute("INSERT INTO projects VALUES (501, 'never committed')");
      Thread quickWriter =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      quickStatement.execute(
                          "WITH w AS (SELECT pg_sleep(0.6)) INSERT INTO projects"
                              + " SELECT 500, 'in time' FROM w");
                    } catch (SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      Newsroom.await(
          "the quick one under way",
          () ->
              newsroom.x.number(
                      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                  == 1);
      newsroom.x.database.hold(Duration.ofSeconds(2));
      quickWriter.join();
      assertThat(newsroom.x.number("SELECT count(*) FROM projects WHERE id IN (500, 501)"))
          .isEqualTo(1);
      assertThatThrownBy(slow::commit).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aRoleThatCouldStillConnectIsNamedAndHoldDoesNotPretend() throws Exception {
    newsroom.x.node.sql(
        "postgres",
        "CREATE ROLE reporting LOGIN PASSWORD 'r'",
        "GRANT CONNECT ON DATABASE gated TO reporting");
    try {
      assertThatThrownBy(() -> newsroom.x.database.hold(GRACE))
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageContaining("reporting")
          .hasMessageContaining("observers");
      assertThat(newsroom.x.database.probeApplicationWrite(Newsroom.EDITOR))
          .isInstanceOf(GateProof.Refused.class);
    } finally {
      newsroom.x.node.sql(
          "postgres", "REVOKE ALL ON DATABASE gated FROM reporting", "DROP ROLE reporting");
    }
  }

  @Test
  void aPreparedTransactionIsNamedAndHoldDoesNotPretend() throws Exception {
    try (Connection client = newsroom.x.client();
        Statement statement = client.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("INSERT INTO projects VALUES (600, 'undecided')");
      statement.execute("PREPARE TRANSACTION 'undecided one'");
    }
    assertThatThrownBy(() -> newsroom.x.database.hold(GRACE))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("undecided one");
    newsroom.x.sql("ROLLBACK PREPARED 'undecided one'");
    newsroom.x.database.hold(GRACE);
  }

  @Test
  @Tag("M-20")
  void aLateCommandOfAnEarlierEpochIsRefusedAndChangesNothing() throws Exception {
    newsroom.x.database.openAsMain(7);
    assertThatThrownBy(() -> newsroom.x.database.markBackup(6))
        .isInstanceOfSatisfying(
            DatabaseFailure.class,
            f -> assertThat(f.kind()).isEqualTo(DatabaseFailure.Kind.REFUSED))
        .hasMessageContaining("epoch 6")
        .hasMessageContaining("epoch 7");
    assertThat(newsroom.x.online().role()).isEqualTo(Role.MAIN);
    newsroom.x.database.markBackup(8);
    assertThatThrownBy(() -> newsroom.x.database.openAsMain(7)).isInstanceOf(DatabaseFailure.class);
    assertThat(newsroom.x.online().role()).isEqualTo(Role.BACKUP);
  }

  @Test
  @Tag("M-20")
  void roleChangesRepeatedAreAsDoneOnceAndKeepTheirTime() throws Exception {
    newsroom.x.database.hold(GRACE);
    newsroom.x.database.hold(GRACE);
    newsroom.x.database.markBackup(2);
    Mark first = newsroom.x.online().mark().orElseThrow();
    newsroom.x.database.markBackup(2);
    assertThat(newsroom.x.online().mark()).contains(first);
    newsroom.x.database.openAsMain(3);
    first = newsroom.x.online().mark().orElseThrow();
    newsroom.x.database.openAsMain(3);
    assertThat(newsroom.x.online().mark()).contains(first);
    newsroom.x.writeAsset("open");
  }

  @Test
  void sequencesMoveForwardOnly() throws Exception {
    newsroom.x.sql(
        "CREATE SEQUENCE public.down INCREMENT BY -5 START -5 MAXVALUE -1",
        "SELECT nextval('down')");
    newsroom.y.sql("CREATE SEQUENCE down INCREMENT BY -5 START -5 MAXVALUE -1");
    newsroom.y.sql("SELECT nextval('down'), nextval('down'), nextval('down')");
    List<SequenceValue> values = newsroom.x.database.sequences();
    assertThat(values)
        .contains(
            new SequenceValue("public.assets_id_seq", 20, true),
            new SequenceValue("public.compositions_id_seq", 1, false),
            new SequenceValue("public.down", -5, true));
    newsroom.y.database.setSequences(values);
    newsroom.y.database.setSequences(values);
    assertThat(newsroom.y.database.sequences())
        .contains(
            new SequenceValue("public.assets_id_seq", 50, true), // it was further already
            new SequenceValue("public.compositions_id_seq", 1, false),
            new SequenceValue("public.down", -15, true));
    newsroom.x.database.setSequences(newsroom.y.database.sequences());
    assertThat(newsroom.x.database.sequences()).isEqualTo(newsroom.y.database.sequences());
    assertThatThrownBy(
            () ->
                newsroom.x.database.setSequences(
                    List.of(new SequenceValue("public.elsewhere", 1, true))))
        .hasMessageContaining("public.elsewhere");
  }

  @Test
  @Tag("M-12")
  void aServerThatDoesNotAnswerSaysSoWithoutAPassword() throws Exception {
    newsroom.x.node.stop();
    try {
      assertThat(newsroom.x.database.status())
          .isInstanceOfSatisfying(
              DatabaseStatus.Unreachable.class,
              u -> assertThat(u.words()).contains("gated").doesNotContain("secret"));
      assertThatThrownBy(() -> newsroom.x.database.hold(GRACE))
          .isInstanceOfSatisfying(
              DatabaseFailure.class,
              f -> assertThat(f.kind()).isEqualTo(DatabaseFailure.Kind.UNREACHABLE));
    } finally {
      newsroom.x.node.start();
    }
  }
}
