package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.gemel.core.Role;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A switch without a copy whose servers die at each act: each act is repeated until it is done, and
 * the end is that of a switch in peace.
 */
@NullUnmarked // fields are set before the tests, not by a constructor
final class ReverseKilledTest {
  /** What a death cannot leave half done is not worth the time. */
  private static final List<String> READS = List.of("hold", "sequences", "setSequences");

  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "killed");
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @Test
  @Tag("B-22")
  @Tag("M-20")
  @Tag("M-40")
  void aSwitchWhoseServersDieAfterEachActAndInEachActCopiesAndLosesNothing() throws Exception {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("servers are killed with seed " + seed + " (-Dgemel.seed=" + seed + ")");
    Random random = new Random(seed);
    newsroom.fill(300);
    newsroom.startReplication(newsroom.x, newsroom.y, 1);
    List<String> rows = rows(newsroom.x);
    try (Writers writers = new Writers(List.of(newsroom.x, newsroom.y), 1, 1)) {
      newsroom.x.writeAsset("before");
      afterEachAct(new Switchover(newsroom, newsroom.x, newsroom.y, 2));
      newsroom.y.writeAsset("between");
      inEachAct(new Switchover(newsroom, newsroom.y, newsroom.x, 3), random);
      newsroom.x.writeAsset("after");
      newsroom.x.database.hold(Duration.ofMillis(300));
      newsroom.awaitConfirmed(newsroom.x);
      HashSet<String> titles =
          new HashSet<>(newsroom.x.list("SELECT title FROM assets", row -> row.getString(1)));
      assertThat(titles).containsAll(writers.acknowledged());
    }
    assertThat(newsroom.y.checksums()).isEqualTo(newsroom.x.checksums());
    assertThat(rows(newsroom.x)).isEqualTo(rows); // where they were, so not copied
    assertThat(newsroom.x.number("SELECT count(*) FROM pg_replication_slots")).isEqualTo(1);
    assertThat(newsroom.y.number("SELECT count(*) FROM pg_replication_slots")).isZero();
  }

  private static List<String> rows(Newsroom.Side side) throws Exception {
    return side.list(
        "SELECT id || ' ' || ctid || ' ' || xmin FROM assets WHERE id <= 300 ORDER BY id",
        row -> row.getString(1));
  }

  private static void afterEachAct(Switchover switchover) throws Exception {
    boolean first = true;
    for (Switchover.Act act : switchover.acts) {
      act.doing().perform();
      if (READS.contains(act.name())) {
        continue;
      }
      Servers.Node victim = first ? servers.x : servers.y;
      first = !first;
      victim.crash();
      assertNeverTwoMains();
      victim.start();
      act.doing().perform();
      assertNeverTwoMains();
    }
    assertThat(switchover.turned().proven()).as(switchover.turned().words()).isTrue();
  }

  private static void inEachAct(Switchover switchover, Random random) throws Exception {
    for (Switchover.Act act : switchover.acts) {
      if (READS.contains(act.name())) {
        act.doing().perform();
        continue;
      }
      Servers.Node victim = random.nextBoolean() ? servers.x : servers.y;
      long delayNanos = random.nextLong(60_000_000);
      Thread killer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    long until = System.nanoTime() + delayNanos;
                    while (System.nanoTime() < until) {
                      Thread.onSpinWait();
                    }
                    try {
                      victim.crash();
                      victim.start();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  });
      try {
        act.doing().perform();
      } catch (Exception | AssertionError e) {
        System.out.println(act + " was cut off: " + e.getMessage());
      }
      killer.join();
      act.doing().perform();
      assertNeverTwoMains();
    }
    assertThat(switchover.turned().proven()).as(switchover.turned().words()).isTrue();
  }

  private static void assertNeverTwoMains() {
    boolean both =
        List.of(newsroom.x, newsroom.y).stream()
            .allMatch(
                side ->
                    side.database.status() instanceof DatabaseStatus.Online online
                        && online.role() == Role.MAIN);
    assertThat(both).as("two mains").isFalse();
  }
}
