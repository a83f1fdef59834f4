package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.gemel.core.Role;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // fields are set before each test, not by a constructor
final class ReplicationTest {
  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;
  private static Newsroom.Side x;
  private static Newsroom.Side y;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "Zürich \"1\" it's");
    x = newsroom.x;
    y = newsroom.y;
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void fillNewsroom() throws Exception {
    for (Servers.Node node : List.of(servers.x, servers.y)) {
      if (!node.server.isAlive()) {
        node.start(); // a failed test left it crashed
      }
    }
    newsroom.fill(2000);
  }

  @Test
  @Tag("M-40")
  @Tag("M-21")
  @Tag("M-12")
  @Tag("M-11")
  void startOverwritesAStaleBackupWhichThenFollowsEveryChange() throws Exception {
    newsroom.startReplication(x, y, 1);
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
    assertThat(x.online().replication())
        .isInstanceOfSatisfying(
            Replication.Master.class,
            m -> assertThat(m.words()).contains("replication master", "streaming"));
    assertThat(y.online().replication())
        .isInstanceOfSatisfying(
            Replication.Backup.class, b -> assertThat(b.sync().complete()).isTrue());

    x.writeAsset("new");
    x.sql(
        "UPDATE assets SET title = title || ' changed' WHERE id % 3 = 0",
        "DELETE FROM assets WHERE id % 7 = 0",
        "UPDATE \"Odd Names\".\"a \"\"table\"\"\" SET v = '\\xff'",
        "UPDATE projects SET id = 1000 WHERE id = 10 AND false");
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
    assertThat(y.database.counted()).isEqualTo(x.database.counted());
    assertThat(y.database.counts())
        .isEqualTo(x.database.counts())
        .containsKey("\"Odd Names\".\"a \"\"table\"\"\"")
        .doesNotContainKey("gemel.mark");
    // Gemel's own rows are each side's own.
    assertThat(y.online().mark()).map(Mark::role).contains(Role.BACKUP);
  }

  @Test
  @Tag("M-21")
  void eachOperationRepeatedIsAsDoneOnce() throws Exception {
    Published published = x.database.publish();
    assertThat(x.database.publish()).isEqualTo(published);
    assertThat(published.tables()).hasSize(4).contains("public.assets");
    assertThat(published.notCarried()).isEmpty();
    y.database.subscribe(x.asMain(), 1);
    y.database.subscribe(x.asMain(), 1);
    Newsroom.await("the first copy", () -> y.database.initialSync().complete());
    y.database.subscribe(x.asMain(), 1); // over a finished one
    Newsroom.await("the first copy", () -> y.database.initialSync().complete());
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());

    y.database.unsubscribe();
    y.database.unsubscribe();
    x.database.unpublish();
    x.database.unpublish();
    assertNothingLeftOver();
    assertThat(y.checksums()).isEqualTo(x.checksums()); // stop leaves both usable
    y.database.setSequences(x.database.sequences());
    y.database.openAsMain(2);
    y.writeAsset("after a stop");
  }

  @Test
  @Tag("M-21")
  void onlyAMainDatabaseIsPublishedAndOnlyABackupIsOverwritten() throws Exception {
    assertThatThrownBy(() -> y.database.publish()).hasMessageContaining("BACKUP");
    x.database.publish();
    y.database.openAsMain(2); // split
    assertThatThrownBy(() -> y.database.subscribe(x.asMain(), 2))
        .hasMessageContaining("overwritten")
        .hasMessageContaining("MAIN");
    assertThat(y.number("SELECT count(*) FROM assets WHERE title LIKE 'stale%'")).isEqualTo(50);
    y.database.markBackup(3);
    assertThatThrownBy(() -> y.database.subscribe(y.asMain(), 3))
        .isInstanceOf(DatabaseFailure.class);
    assertThatThrownBy(() -> y.database.subscribe(x.asMain(), 2)).hasMessageContaining("epoch");
    y.node.sql(
        "postgres", "GRANT CONNECT ON DATABASE " + Sql.identifier(newsroom.name) + " TO editor");
    assertThatThrownBy(() -> y.database.subscribe(x.asMain(), 3)).hasMessageContaining("editor");
    assertThat(y.number("SELECT count(*) FROM assets WHERE title LIKE 'stale%'")).isEqualTo(50);
  }

  @Test
  @Tag("M-21")
  void aTableWithoutKeyIsNamedAndMainsUpdateStillWorks() throws Exception {
    x.sql("CREATE TABLE loose(a int)", "INSERT INTO loose VALUES (1)");
    try {
      assertThatThrownBy(() -> x.database.publish())
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageContaining("public.loose")
          .hasMessageContaining("primary key");
      x.sql("UPDATE loose SET a = 2");
      x.sql("ALTER TABLE loose REPLICA IDENTITY FULL");
      assertThat(x.database.publish().tables()).contains("public.loose");
      x.sql("UPDATE loose SET a = 3");
      y.database.subscribe(x.asMain(), 1);
      assertThat(
              y.number(
                  "SELECT count(*) FROM pg_class WHERE relname = 'loose' AND relreplident = 'f'"))
          .as("and it can be published from there after a switch")
          .isEqualTo(1);
    } finally {
      y.database.unsubscribe();
      for (Newsroom.Side side : List.of(x, y)) {
        side.sql("DROP TABLE IF EXISTS loose");
      }
    }
  }

  @Test
  void tablesThatDifferAreListedBeforeAnythingIsEmptied() throws Exception {
    x.database.publish();
    y.sql(
        "ALTER TABLE assets ADD extra int", "ALTER TABLE compositions ALTER name TYPE varchar(9)");
    try {
      assertThatThrownBy(() -> y.database.subscribe(x.asMain(), 1))
          .hasMessageContaining("ALTER TABLE public.assets DROP COLUMN extra")
          .hasMessageContaining("nothing was changed");
      assertThat(y.number("SELECT count(*) FROM assets")).isEqualTo(50);
    } finally {
      y.sql("ALTER TABLE assets DROP extra", "ALTER TABLE compositions ALTER name TYPE text");
    }
  }

  @Test
  void whatReplicationDoesNotCarryIsSaid() throws Exception {
    x.sql("CREATE UNLOGGED TABLE cache(a int)", "CREATE MATERIALIZED VIEW seen AS SELECT 1 AS one");
    try {
      assertThat(x.database.publish().notCarried())
          .anySatisfy(s -> assertThat(s).contains("unlogged", "public.cache"))
          .anySatisfy(s -> assertThat(s).contains("materialized", "public.seen"));
    } finally {
      x.sql("DROP TABLE cache", "DROP MATERIALIZED VIEW seen");
    }
  }

  @Test
  @Tag("M-11")
  @Tag("M-40")
  void aMainThatCrashedIsFollowedAgainAfterItsRestart() throws Exception {
    newsroom.startReplication(x, y, 1);
    x.writeAsset("before the crash");
    x.node.crash();
    Newsroom.await(
        "the backup to notice", () -> y.online().replication() instanceof Replication.Failed);
    assertThat(x.database.status()).isInstanceOf(DatabaseStatus.Unreachable.class);
    x.node.start();
    x.writeAsset("after the crash");
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
    Newsroom.await(
        "the backup to follow", () -> y.online().replication() instanceof Replication.Backup);
  }

  @Test
  @Tag("M-40")
  void aBackupThatCrashedInItsFirstCopyEndsWithAWholeOneAndIsNotOpenedBefore() throws Exception {
    x.sql(
        "INSERT INTO assets(project, title) SELECT 1, repeat('long ', 20) FROM"
            + " generate_series(1, 150000)");
    x.database.publish();
    y.database.subscribe(x.asMain(), 1);
    Newsroom.await(
        "a copy under way",
        () ->
            y.database.initialSync().tables().stream()
                .anyMatch(t -> t.state() == TableCopy.State.COPYING));
    assertThat(y.database.initialSync().complete()).isFalse();
    y.node.crash();
    assertThat(x.database.confirmed(x.database.position()))
        .isInstanceOf(Confirmation.Waiting.class);
    y.node.start();
    // Whoever gives up now holds a part of a copy, and it must not become main.
    assertThatThrownBy(() -> y.database.openAsMain(2)).hasMessageContaining("following");
    Newsroom.await("the first copy", () -> y.database.initialSync().complete());
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
  }

  @Test
  void aCopyWhoseSlotOnMainIsGoneForGoodIsBegunAnew() throws Exception {
    newsroom.startReplication(x, y, 1);
    // As a crash leaves it between a worker's "drop my slot" and its commit of "I am done".
    y.sql(
        "ALTER SUBSCRIPTION " + Names.of("Newsroom " + newsroom.name) + " DISABLE",
        "SET allow_system_table_mods = on",
        "UPDATE pg_subscription_rel SET srsubstate = 'f', srsublsn = NULL"
            + " WHERE srrelid = 'public.assets'::regclass",
        "INSERT INTO gemel.copying DEFAULT VALUES",
        "ALTER SUBSCRIPTION " + Names.of("Newsroom " + newsroom.name) + " ENABLE");
    long before = y.number("SELECT oid::bigint FROM pg_subscription");
    Newsroom.await(
        "another start",
        () ->
            y.database.initialSync().tables().size() == 4
                && y.number("SELECT oid::bigint FROM pg_subscription") != before);
    Newsroom.await("the first copy", () -> y.database.initialSync().complete());
    x.writeAsset("after the cure");
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
  }

  @Test
  void aPartOfACopyIsNeverOpenedAsMain() throws Exception {
    x.sql(
        "INSERT INTO assets(project, title) SELECT 1, repeat('long ', 20) FROM"
            + " generate_series(1, 100000)");
    x.database.publish();
    // As long as this lock is held the copy of one table cannot begin.
    try (Connection blocker = y.node.server.connect(newsroom.name);
        Statement statement = blocker.createStatement()) {
      y.database.subscribe(x.asMain(), 1);
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE compositions IN SHARE MODE");
      y.database.unsubscribe();
      blocker.rollback();
    }
    assertThatThrownBy(() -> y.database.openAsMain(2))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("only a part of a copy");
    assertThatThrownBy(() -> y.database.initialSync()).hasMessageContaining("following nothing");
    newsroom.startReplication(x, y, 2);
    y.database.unsubscribe();
    y.database.openAsMain(2);
  }

  @Test
  @Tag("M-40")
  @Tag("M-12")
  void theBackupLeavesADeadMainAndMainLaterDropsTheOrphanSlot() throws Exception {
    newsroom.startReplication(x, y, 1);
    newsroom.awaitConfirmed(x);
    x.node.crash();
    y.database.unsubscribe();
    y.database.openAsMain(2);
    y.sql("SELECT setval('assets_id_seq', 10000)"); // X's sequences died with it
    y.writeAsset("on the new main");
    x.node.start();
    assertThat(x.online().replication())
        .isInstanceOfSatisfying(
            Replication.Failed.class, f -> assertThat(f.words()).contains("not connected"));
    // And one of a table copy that its backup had no time to drop, beside one of somebody else's.
    String system =
        x.list("SELECT system_identifier FROM gemel.follower", r -> r.getString(1)).getFirst();
    x.sql(
        "SELECT pg_create_logical_replication_slot('pg_1_sync_2_" + system + "', 'pgoutput')",
        "SELECT pg_create_logical_replication_slot('pg_1_sync_2_77', 'pgoutput')");
    x.database.unpublish();
    x.sql("SELECT pg_drop_replication_slot('pg_1_sync_2_77')"); // was left alone
    assertNothingLeftOver();
    assertThat(x.online().replication()).isInstanceOf(Replication.None.class);
  }

  @Test
  void aPositionIsConfirmedOnlyByALiveStream() throws Exception {
    assertThat(x.database.confirmed(x.database.position()))
        .isInstanceOfSatisfying(
            Confirmation.Waiting.class, w -> assertThat(w.words()).contains("no slot"));
    newsroom.startReplication(x, y, 1);
    newsroom.awaitConfirmed(x);
    WalPosition confirmedAlready = x.database.position();
    newsroom.awaitConfirmed(x);
    y.node.stop();
    Newsroom.await(
        "main to notice",
        () -> x.database.confirmed(confirmedAlready) instanceof Confirmation.Waiting);
    assertThat(x.database.confirmed(confirmedAlready))
        .isInstanceOfSatisfying(
            Confirmation.Waiting.class, w -> assertThat(w.words()).contains("not connected"));
    y.node.start();
    newsroom.awaitConfirmed(x);
  }

  @Test
  void noPasswordIsShownInErrorsOrInTheServersLog() throws Exception {
    newsroom.startReplication(x, y, 1);
    y.sql("ALTER SUBSCRIPTION " + Names.of("Newsroom " + newsroom.name) + " DISABLE");
    assertThat(y.online().replication()).isInstanceOf(Replication.Failed.class);
    MainConnection wrong =
        new MainConnection(
            x.asMain().address(), new Credentials("gemel_replication", "not the 'right' one"));
    assertThatThrownBy(() -> y.database.subscribe(wrong, 1))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("gemel_replication")
        .hasMessageNotContaining("right");
    for (Servers.Node node : List.of(x.node, y.node)) {
      assertThat(Files.readString(node.log()))
          .doesNotContain("re'pl")
          .doesNotContain("re''pl")
          .doesNotContain("ication'")
          .doesNotContain("the 'right'");
    }
  }

  private static void assertNothingLeftOver() throws SQLException {
    assertThat(
            x.number(
                "SELECT (SELECT count(*) FROM pg_replication_slots)"
                    + " + (SELECT count(*) FROM pg_publication)"))
        .isZero();
    assertThat(
            y.number(
                "SELECT (SELECT count(*) FROM pg_subscription)"
                    + " + (SELECT count(*) FROM pg_replication_origin)"))
        .isZero();
  }
}
