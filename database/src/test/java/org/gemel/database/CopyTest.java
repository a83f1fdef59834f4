package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first copy, as Gemel makes it: what arrives, and what is left of it when it is cut off. */
@NullUnmarked // fields are set before each test, not by a constructor
@Tag("M-40")
final class CopyTest {
  /** Small, so that a table of a test has many parts and its indexes are put aside. */
  private static final CopyPace PACE = new CopyPace(2, 400_000);

  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;
  private static Newsroom.Side x;
  private static Newsroom.Side y;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "Copies \"1\"");
    x = newsroom.x;
    y = newsroom.y;
    for (Newsroom.Side side : List.of(x, y)) {
      side.sql(
          "CREATE INDEX \"by Title\" ON assets(lower(title)) WITH (fillfactor = 70)",
          "COMMENT ON INDEX \"by Title\" IS 'for the search'",
          "ALTER INDEX \"by Title\" ALTER COLUMN 1 SET STATISTICS 500",
          "ALTER TABLE assets CLUSTER ON assets_pkey");
    }
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
    newsroom.fill(20_000);
  }

  @Test
  @Tag("M-11")
  void tablesAreCopiedInPartsWhileClientsWriteAndNothingIsLost() throws Exception {
    List<String> indexes = indexes();
    x.database.publish();
    y.database.subscribe(x.asMain(), 1);
    List<InitialSync> looks = Collections.synchronizedList(new ArrayList<>());
    try (Writers writers = new Writers(List.of(x), 2, 1)) {
      Newsroom.await("writers", () -> writers.acknowledged().size() > 50);
      y.database.copy(PACE, looks::add);
      Newsroom.await("the first copy", () -> y.database.initialSync().complete());
      x.writeAsset("after");
      x.database.hold(Duration.ofMillis(300));
      newsroom.awaitConfirmed(x);
      assertThat(new HashSet<>(y.list("SELECT title FROM assets", row -> row.getString(1))))
          .containsAll(writers.acknowledged())
          .contains("after");
    }
    assertThat(y.checksums()).isEqualTo(x.checksums());
    assertThat(y.number("SELECT parts FROM gemel.copied WHERE relation = 'assets'::regclass"))
        .isGreaterThan(2);
    assertThat(y.number("SELECT count(*) FROM gemel.index_aside")).isGreaterThan(1);
    assertThat(indexes()).isEqualTo(indexes);
    assertThat(looks)
        .isNotEmpty()
        .allSatisfy(sync -> assertThat(sync.fraction()).isBetween(0.0, 1.0))
        .last()
        .satisfies(sync -> assertThat(sync.complete()).isTrue());
    assertThat(y.database.initialSync().brokenOff()).isEmpty();
    assertSlots(1);
    assertThat(
            x.number(
                "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
                    + " WHERE c.relname = 'assets'"))
        .isZero();
  }

  @Test
  @Tag("M-21")
  void aCopyThatIsCutOffKeepsWholeTablesAndIsNeverOpenedBeforeItIsDone() throws Exception {
    x.database.publish();
    y.database.subscribe(x.asMain(), 1);
    try (Connection blocker = y.node.server.connect(newsroom.name);
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE projects IN SHARE MODE");
      FutureTask<Boolean> copy = copying();
      Thread caller = Thread.ofPlatform().start(copy);
      Newsroom.await(
          "the large table", () -> state("public.assets") == TableCopy.State.CATCHING_UP);
      InitialSync sync = ((Replication.Backup) y.online().replication()).sync();
      assertThat(sync.complete()).isFalse();
      assertThat(sync.rows()).isGreaterThanOrEqualTo(20_000);
      assertThat(sync.indexesLeft()).isGreaterThan(1);
      assertThat(sync.words()).contains("0 of 4 tables", "rows and about", "indexes to build");
      assertThat(x.online().replication())
          .isInstanceOfSatisfying(
              Replication.Master.class, m -> assertThat(m.words()).contains("copied"));
      assertThatThrownBy(() -> y.database.openAsMain(2)).hasMessageContaining("following another");
      caller.interrupt();
      assertThatThrownBy(copy::get).hasMessageContaining("interrupted");
    }
    String place = "SELECT min(xmin::text) || max(xmin::text) || count(*) FROM assets";
    List<String> before = y.list(place, row -> row.getString(1));
    x.writeAsset("meanwhile");
    assertThat(y.online().replication())
        .isInstanceOfSatisfying(
            Replication.Failed.class, f -> assertThat(f.words()).contains("cut off"));
    assertThat(y.database.initialSync().brokenOff()).isEmpty();
    Newsroom.await("the first copy", () -> y.database.initialSync().complete());
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
    assertThat(before).hasSize(1);
    assertThat(
            y.list(
                place.replace("FROM assets", "FROM assets WHERE title <> 'meanwhile'"),
                row -> row.getString(1)))
        .isEqualTo(before); // were not copied again
    assertValid();
    assertSlots(1);
  }

  @Test
  @Tag("M-21")
  void aStopInMidCopyEndsItAndLeavesAPartThatIsNotOpened() throws Exception {
    x.database.publish();
    y.database.subscribe(x.asMain(), 1);
    try (Connection blocker = y.node.server.connect(newsroom.name);
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE compositions IN SHARE MODE");
      FutureTask<Boolean> copy = copying();
      Thread.ofPlatform().start(copy);
      Newsroom.await(
          "the large table", () -> state("public.assets") == TableCopy.State.CATCHING_UP);
      y.database.unsubscribe();
      assertThatThrownBy(copy::get).cause().isInstanceOf(DatabaseFailure.class);
    }
    x.database.unpublish();
    assertSlots(0);
    assertThatThrownBy(() -> y.database.openAsMain(2)).hasMessageContaining("part of a copy");
    newsroom.startReplication(x, y, 1);
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
    assertValid();
  }

  @Test
  void aTableOfWhichOnlySomePartsCameIsCopiedFromItsBeginning() throws Exception {
    x.database.publish();
    y.database.subscribe(x.asMain(), 1);
    cutOff();
    try (Session late = Session.administrator(newsroom.settings(y.node))) {
      CopyNotes notes = new CopyNotes(late);
      String former = notes.underway().orElseThrow().token();
      notes.takeOver(former);
      assertThatThrownBy(() -> notes.count(former, "public.assets", 1))
          .as("a part of whoever led before")
          .hasMessageContaining("one copy at a time");
    }
    y.sql( // as if it had been cut off one part earlier; other tables refer to one of them
        "UPDATE gemel.copied SET parts = parts + 1"
            + " WHERE relation IN ('assets'::regclass, 'projects'::regclass)");
    y.database.copy(PACE, _ -> {});
    Newsroom.await("the first copy", () -> y.database.initialSync().complete());
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
    assertValid();
  }

  @Test
  @Tag("M-21")
  void aCopyWhoseSlotOnMainIsAnotherOneIsNotFollowed() throws Exception {
    x.database.publish();
    y.database.subscribe(x.asMain(), 1);
    cutOff();
    try (Session main = Session.administrator(newsroom.settings(x.node))) {
      Slots slots = new Slots(main, Names.of(newsroom.settings(x.node).pair()));
      slots.drop();
      x.writeAsset("in no slot");
      assertThatThrownBy(() -> y.database.initialSync()).hasMessageContaining("on main gone");
      slots.make(Duration.ofSeconds(20));
    }
    assertThatThrownBy(() -> y.database.initialSync())
        .hasMessageContaining("start the replication");
    newsroom.startReplication(x, y, 1);
    newsroom.awaitConfirmed(x);
    assertThat(y.checksums()).isEqualTo(x.checksums());
  }

  /** Two tables are whole, and one is not begun. */
  private static void cutOff() throws Exception {
    try (Connection blocker = y.node.server.connect(newsroom.name);
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE compositions IN SHARE MODE");
      FutureTask<Boolean> copy = copying();
      Thread caller = Thread.ofPlatform().start(copy);
      for (String table : List.of("public.assets", "public.projects")) {
        Newsroom.await(table, () -> state(table) == TableCopy.State.CATCHING_UP);
      }
      caller.interrupt();
      assertThatThrownBy(copy::get).hasMessageContaining("interrupted");
    }
  }

  @Test
  void aMainThatIsGoneIsSaidAndTheCopyGoesOnWhenItIsBack() throws Exception {
    x.database.publish();
    y.database.subscribe(x.asMain(), 1);
    x.node.crash();
    assertThatThrownBy(() -> y.database.copy(PACE, _ -> {}))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("tables are empty");
    x.node.start();
    assertSlots(0);
    y.database.copy(PACE, _ -> {});
    Newsroom.await("the first copy", () -> y.database.initialSync().complete());
    assertThat(y.checksums()).isEqualTo(x.checksums());
  }

  @Test
  @Tag("M-21")
  void aCopyWhoseServersDieEndsWithAWholeOne() throws Exception {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("servers are killed with seed " + seed + " (-Dgemel.seed=" + seed + ")");
    Random random = new Random(seed);
    x.database.publish();
    for (Servers.Node victim : List.of(servers.x, servers.y)) {
      y.database.subscribe(x.asMain(), 1);
      FutureTask<Boolean> copy = copying();
      Thread caller = Thread.ofPlatform().start(copy);
      long until = System.nanoTime() + random.nextLong(700_000_000);
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      victim.crash();
      victim.start();
      caller.join();
      try {
        copy.get();
      } catch (ExecutionException e) {
        System.out.println("the copy was cut off: " + e.getCause().getMessage());
      }
      Newsroom.await("the first copy", () -> y.database.initialSync().complete());
      x.writeAsset("after a death");
      newsroom.awaitConfirmed(x);
      assertThat(y.checksums()).isEqualTo(x.checksums());
      assertValid();
    }
    assertSlots(1);
  }

  private static FutureTask<Boolean> copying() {
    Callable<Boolean> copy =
        () -> {
          y.database.copy(PACE, _ -> {});
          return true;
        };
    return new FutureTask<>(copy);
  }

  private static TableCopy.State state(String table) {
    return y.online().replication() instanceof Replication.Backup backup
        ? backup.sync().tables().stream()
            .filter(t -> t.table().equals(table))
            .findFirst()
            .orElseThrow()
            .state()
        : TableCopy.State.WAITING;
  }

  /** All there is to know of them. */
  private static List<String> indexes() throws Exception {
    return y.list(
        "SELECT concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid, indisready, indisclustered,"
            + " indisreplident, obj_description(indexrelid), (SELECT attstattarget FROM"
            + " pg_attribute WHERE attrelid = indexrelid AND attnum = 1), reloptions)"
            + " FROM pg_index JOIN pg_class c ON c.oid = indexrelid"
            + " WHERE indrelid = 'assets'::regclass ORDER BY 1",
        row -> row.getString(1));
  }

  private static void assertValid() throws Exception {
    assertThat(y.number("SELECT count(*) FROM pg_index WHERE NOT (indisvalid AND indisready)"))
        .isZero();
  }

  private static void assertSlots(long number) throws Exception {
    assertThat(x.number("SELECT count(*) FROM pg_replication_slots")).isEqualTo(number);
  }
}
