package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a backup that is behind, or away. */
class KeptLogTest {
  @TempDir private static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;
  private static Newsroom.Side x;
  private static Newsroom.Side y;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "kept");
    x = newsroom.x;
    y = newsroom.y;
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void replicate() throws Exception {
    newsroom.fill(5);
    newsroom.startReplication(x, y, 1);
    newsroom.awaitConfirmed(x);
  }

  @Test
  @Tag("B-24")
  void theDelayIsThatOfARowWhichCameOver() throws Exception {
    assertThat(x.online().canary()).isPresent();
    var written = x.online().canary().orElseThrow();
    Newsroom.await(
        "main's row to come over",
        () -> y.online().canary().filter(seen -> !seen.isBefore(written)).isPresent());

    // What main has sent says nothing of what can be seen there.
    try (var blocker = y.node.server.connect(newsroom.name);
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE gemel.canary IN EXCLUSIVE MODE");
      var seen = y.online().canary();
      var later = x.online().canary().orElseThrow();
      assertThat(later).isAfter(seen.orElseThrow());
      assertThat(y.online().canary()).isEqualTo(seen);
      blocker.rollback();
      Newsroom.await("the rest", () -> !y.online().canary().orElseThrow().isBefore(later));
    }
  }

  @Test
  void aMainThatNobodyFollowsWritesNothing() throws Exception {
    y.database.unsubscribe();
    Newsroom.await("its end", () -> x.online().keptLog().filter(KeptLog::read).isEmpty());
    String beat = "SELECT (extract(epoch FROM beat) * 1000000)::bigint FROM gemel.canary";
    long before = x.number(beat);
    assertThat(x.online().canary()).isEmpty();
    assertThat(x.number(beat)).isEqualTo(before);
  }

  @Test
  @Tag("M-11")
  void aBackupAwayForTooLongIsToldToBeStartedAgainAndThenFollows() throws Exception {
    assertThat(x.online().keptLog()).map(KeptLog::read).contains(true);
    y.node.stop();
    try {
      x.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '48MB'", "SELECT pg_reload_conf()");
      Newsroom.await(
          "the limit",
          () ->
              x.online()
                  .keptLog()
                  .filter(log -> !log.read() && log.room().isPresent())
                  .isPresent());
      assertThat(x.online().keptLog().orElseThrow().room().getAsLong()).isPositive();
      for (int segments = 0; segments < 6; segments++) {
        x.sql(
            "INSERT INTO projects VALUES (" + (1000 + segments) + ", 'more')",
            "SELECT pg_switch_wal()");
      }
      x.sql("CHECKPOINT");
      assertThat(x.online().replication())
          .isInstanceOfSatisfying(
              Replication.Failed.class,
              failed -> assertThat(failed.words()).contains("start the replication again"));
    } finally {
      x.sql("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
      y.node.start();
    }
    newsroom.startReplication(x, y, 1);
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
  }
}
