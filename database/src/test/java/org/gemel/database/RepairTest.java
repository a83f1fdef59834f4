package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Somebody wrote on the backup behind replication's back; it is repaired while it follows. */
@Tag("B-24")
@NullUnmarked // fields are set before each test, not by a constructor
class RepairTest {
  private static final String REPLICA = "SET session_replication_role = replica";
  private static final ComparisonPace SMALL = new ComparisonPace(2, 100, 0);

  @TempDir private static Path folder;
  private static Servers servers;
  private Newsroom newsroom;
  private Newsroom.Side x;
  private Newsroom.Side y;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void replicate(TestInfo test) throws Exception {
    newsroom = new Newsroom(servers, test.getTestMethod().orElseThrow().getName());
    x = newsroom.x;
    y = newsroom.y;
    newsroom.fill(1000);
    for (Newsroom.Side side : List.of(x, y)) {
      side.sql(
          "CREATE TABLE codes(area text, id int, code text UNIQUE, PRIMARY KEY (area, id))",
          "CREATE TABLE loose(a int, b text)",
          "ALTER TABLE loose REPLICA IDENTITY FULL");
    }
    x.sql(
        "INSERT INTO codes SELECT 'a''\"\\, ' || n % 3, n, 'code ' || n FROM generate_series(1, 300) n",
        "INSERT INTO loose VALUES (1, 'one'), (1, 'one'), (2, NULL)");
    newsroom.startReplication(x, y, 1);
    newsroom.awaitConfirmed(x);
  }

  private List<TableComparison> compare() throws Exception {
    return y.database.compare(x.asMain(), SMALL, _ -> {});
  }

  private BackupRepair repair() {
    return new BackupRepair(newsroom.settings(y.node));
  }

  private void copyAnew(Set<String> tables) throws Exception {
    BackupHealing healing = new BackupHealing(newsroom.settings(y.node));
    x.database.publish(tables);
    healing.alter(x.asMain(), tables, 1);
    x.database.publish();
    healing.follow(x.asMain(), 1);
    Newsroom.await("the copy", () -> y.database.initialSync().complete());
  }

  private void assertEqual() throws Exception {
    assertThat(compare()).allSatisfy(table -> assertThat(table.differing()).isZero());
    assertThat(y.checksums()).isEqualTo(x.checksums());
  }

  @Test
  void onlyWhatDiffersIsWrittenWhileClientsWorkAndTheSameRangesAreFoundEqualAfterwards()
      throws Exception {
    y.sql(
        REPLICA,
        "UPDATE codes SET code = 'aside' WHERE id = 5",
        "UPDATE codes SET code = 'code 5' WHERE id = 250", // they swapped a unique value
        "UPDATE codes SET code = 'code 250' WHERE id = 5",
        "DELETE FROM assets WHERE id IN (17, 501)",
        "UPDATE assets SET title = title || '!' WHERE id = 700",
        "INSERT INTO projects VALUES (99, 'only here')");
    String untouched = "SELECT sum(xmin::text::bigint) FROM assets WHERE id BETWEEN 601 AND 699";
    long versions = y.number(untouched);
    try (Writers writers = new Writers(List.of(x), 2, 0)) {
      Newsroom.await("rows under way", () -> writers.acknowledged().size() > 20);
      assertThat(compare())
          .filteredOn(table -> table.differing() > 0)
          .extracting(TableComparison::table)
          .containsExactly("public.assets", "public.codes", "public.projects");
      assertThat(y.online().comparison().orElseThrow())
          .satisfies(
              state -> {
                assertThat(state.ended()).isPresent();
                assertThat(state.differing()).isEqualTo(6);
                assertThat(state.ranges())
                    .extracting(DifferingRange::words)
                    .contains("public.assets above (500) up to (600) (1 row)");
              });
      Repaired repaired = repair().repair(x.asMain(), 1);
      assertThat(repaired.anew()).isEmpty();
      assertThat(repaired.rows()).as("4 gone, 2 and 2 and 1 come, 1 gone").isEqualTo(9);
      assertThat(repair().prove(x.asMain())).isEmpty();
      int before = writers.acknowledged().size();
      Newsroom.await("they go on", () -> writers.acknowledged().size() > before + 20);
    }
    assertThat(y.number(untouched)).isEqualTo(versions);
    assertThat(y.online().comparison().orElseThrow().differing()).isZero();
    newsroom.awaitConfirmed(x);
    assertEqual();
    assertThat(repair().repair(x.asMain(), 1)).isEqualTo(new Repaired(0, Set.of()));
    Switchover switchover = new Switchover(newsroom, x, y, 2);
    switchover.perform();
    assertThat(switchover.turned().proven()).as(switchover.turned().words()).isTrue();
  }

  @Test
  void aTableWithoutKeyComesWholeAndUntilThenTheBackupDoesNotOpen() throws Exception {
    y.sql(REPLICA, "DELETE FROM loose WHERE a = 2", "UPDATE projects SET name = '?' WHERE id = 3");
    compare();
    Repaired repaired = repair().repair(x.asMain(), 1);
    assertThat(repaired).isEqualTo(new Repaired(2, Set.of("public.loose")));
    x.database.publish(repaired.anew());
    assertThat(repair().prove(x.asMain()))
        .extracting(DifferingRange::words)
        .containsExactly("public.loose (1 row)");
    // Cut off here: what main did meanwhile was not sent, which only a healing knows.
    assertThatThrownBy(() -> repair().repair(x.asMain(), 1)).hasMessageContaining("heal first");
    copyAnew(Set.of("public.loose"));
    assertThat(repair().prove(x.asMain())).isEmpty();
    x.sql("INSERT INTO loose VALUES (3, 'follows')");
    newsroom.awaitConfirmed(x);
    assertThat(y.number("SELECT count(*) FROM loose")).isEqualTo(4);
    assertEqual();
  }

  @Test
  void whatAnOpenTransactionOfMainDoesToARowIsWaitedFor() throws Exception {
    y.sql(REPLICA, "UPDATE projects SET name = 'wrong' WHERE id IN (3, 4)");
    compare();
    try (Connection client = x.client();
        Statement statement = client.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      client.setAutoCommit(false);
      statement.execute("UPDATE projects SET name = 'at last' WHERE id = 3");
      statement.execute("DELETE FROM projects WHERE id = 4 AND false");
      Future<Repaired> repairing = threads.submit(() -> repair().repair(x.asMain(), 1));
      Newsroom.await(
          "it to wait",
          () ->
              repairing.isDone()
                  || x.number(
                          "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'gemel'"
                              + " AND query LIKE 'SELECT pg_snapshot_xmin%'")
                      > 0);
      assertThat(repairing.isDone()).isFalse();
      client.commit();
      // The row that changed meanwhile came by replication, and was looked at again.
      assertThat(repairing.get().rows()).isBetween(2L, 4L);
    }
    newsroom.awaitConfirmed(x);
    assertThat(repair().prove(x.asMain())).isEmpty();
    assertEqual();
  }

  @Test
  void whatBeganOnMainBeforeTheTableWasLockedIsWaitedForToo() throws Exception {
    y.sql(REPLICA, "UPDATE projects SET name = 'wrong' WHERE id = 3");
    compare();
    try (Connection blocker = y.node.server.connect(newsroom.name);
        Statement block = blocker.createStatement();
        Connection client = x.client();
        Statement statement = client.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      blocker.setAutoCommit(false);
      block.execute("LOCK TABLE public.projects IN ROW EXCLUSIVE MODE");
      Future<Repaired> repairing = threads.submit(() -> repair().repair(x.asMain(), 1));
      Newsroom.await(
          "it to wait for the lock",
          () ->
              repairing.isDone()
                  || y.number(
                          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                              + " AND query LIKE 'LOCK TABLE ONLY public.projects%'")
                      > 0);
      client.setAutoCommit(false);
      statement.execute("UPDATE projects SET name = 'at last' WHERE id = 4");
      blocker.rollback();
      Newsroom.await(
          "it to wait for main",
          () ->
              repairing.isDone()
                  || x.number(
                          "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'gemel'"
                              + " AND query LIKE 'SELECT pg_snapshot_xmin%'")
                      > 0);
      assertThat(repairing.isDone()).isFalse();
      assertThat(y.number("SELECT count(*) FROM projects WHERE name = 'wrong'")).isEqualTo(1);
      client.commit();
      assertThat(repairing.get()).isEqualTo(new Repaired(2, Set.of()));
    }
    newsroom.awaitConfirmed(x);
    assertEqual();
  }

  @Test
  void aRowIsFiledUnderTheKeyThatWasAskedForHoweverItWritesItsOwn() throws Exception {
    for (Newsroom.Side side : List.of(x, y)) {
      side.sql("CREATE TABLE prices(price numeric PRIMARY KEY)");
    }
    x.sql("INSERT INTO prices VALUES (1.00)");
    try (Session session = Session.administrator(newsroom.settings(x.node))) {
      ComparedTable prices =
          ComparedTable.read(session).stream()
              .filter(table -> table.name().equals("public.prices"))
              .findFirst()
              .orElseThrow();
      assertThat(BothSides.rows(session, prices, List.of("(1.0)", "(2)")))
          .containsOnlyKeys("(1.0)");
    }
  }

  @Test
  void aComparisonOfABackupThatFollowsNothingIsNotGoneOnWith() throws Exception {
    y.database.unsubscribe();
    compare();
    y.sql("UPDATE gemel.comparison SET ended = NULL"); // as if it had been cut off
    List<ComparisonProgress> told = new ArrayList<>();
    y.database.compare(x.asMain(), SMALL, told::add);
    assertThat(told.getFirst().resumed()).isFalse();
  }

  @Test
  void whatIsForgottenWhileAComparisonRunsIsNoEquality() {
    assertThatThrownBy(() -> y.database.compare(x.asMain(), SMALL, _ -> forget()))
        .hasMessageContaining("forgotten");
  }

  private void forget() {
    try {
      y.sql("DELETE FROM gemel.comparison", "DELETE FROM gemel.compared");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void rangesOfTablesOfAnotherFormAreNotRepaired() throws Exception {
    y.sql(REPLICA, "DELETE FROM projects WHERE id = 3");
    compare();
    y.sql("UPDATE gemel.comparison SET form = 'other ' || form");
    assertThatThrownBy(() -> repair().repair(x.asMain(), 1)).hasMessageContaining("another form");
    assertThatThrownBy(() -> repair().prove(x.asMain())).hasMessageContaining("another form");
  }

  @Test
  void aRowThatIsOnItsWayIsLeftToReplication() throws Exception {
    y.sql(REPLICA, "DELETE FROM projects WHERE id = 3");
    compare();
    try (Connection blocker = y.node.server.connect(newsroom.name);
        Statement statement = blocker.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE public.loose IN SHARE MODE"); // following waits for it
      x.sql("INSERT INTO loose VALUES (9, 'first')", "INSERT INTO projects VALUES (50, 'late')");
      Future<Repaired> repairing = threads.submit(() -> repair().repair(x.asMain(), 1));
      Newsroom.await(
          "it to wait",
          () ->
              repairing.isDone()
                  || x.number(
                          "SELECT count(*) FROM pg_stat_activity WHERE usename = 'gemel_replication'"
                              + " AND application_name = 'gemel'"
                              + " AND query LIKE '%pg_replication_slots%'")
                      > 0);
      blocker.rollback();
      assertThat(repairing.get())
          .as("only the one that was missing")
          .isEqualTo(new Repaired(1, Set.of()));
    }
    newsroom.awaitConfirmed(x);
    assertEqual();
  }

  @Test
  void cutOffNothingIsHalfDoneAndItIsRepeated() throws Exception {
    y.sql(REPLICA, "DELETE FROM assets WHERE id < 100", "DELETE FROM codes WHERE id = 7");
    compare();
    try (Connection blocker = y.node.server.connect(newsroom.name);
        Statement statement = blocker.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE public.codes IN ROW EXCLUSIVE MODE");
      Future<Repaired> repairing = threads.submit(() -> repair().repair(x.asMain(), 1));
      Newsroom.await(
          "the second table's turn",
          () ->
              repairing.isDone()
                  || y.number(
                          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                              + " AND query LIKE 'LOCK TABLE ONLY public.codes%'")
                      > 0);
      y.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LOCK TABLE ONLY%'"
              + " AND pid <> pg_backend_pid()");
      assertThatThrownBy(repairing::get).isNotNull();
    }
    assertThat(y.number("SELECT count(*) FROM assets WHERE id < 100")).isEqualTo(99);
    assertThat(repair().repair(x.asMain(), 1)).isEqualTo(new Repaired(1, Set.of()));
    assertThat(repair().prove(x.asMain())).isEmpty();
    assertEqual();
  }

  @Test
  void aMainIsNeverRepairedNorAnythingByALateCommand() throws Exception {
    y.sql(REPLICA, "DELETE FROM assets WHERE id < 100");
    compare();
    assertThatThrownBy(() -> new BackupRepair(newsroom.settings(x.node)).repair(x.asMain(), 1))
        .hasMessageContaining("marked MAIN");
    assertThatThrownBy(() -> repair().repair(x.asMain(), 0)).hasMessageContaining("epoch");
    assertThat(y.number("SELECT count(*) FROM assets WHERE id < 100")).isZero();
    y.database.unsubscribe();
    assertThatThrownBy(() -> repair().repair(x.asMain(), 1))
        .hasMessageContaining("following nothing");
  }

  @Test
  @Tag("B-22")
  void afterASwitchThatFoundATableToDifferOnlyThatOneIsCopied() throws Exception {
    y.sql(
        REPLICA,
        "UPDATE projects SET name = 'bent' WHERE id = 3",
        "UPDATE codes SET code = 'bent too' WHERE id = 9"); // its key sorts by a collation
    compare();
    y.sql(REPLICA, "UPDATE codes SET code = 'code 9' WHERE id = 9"); // and somebody mended it
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("openAsMain");
    assertThat(there.turned().proven()).isFalse();
    assertThat(there.turned().differing()).containsExactly("public.projects");
    assertThat(y.online().turnedTables()).containsExactly("public.projects");
    assertThat(y.online().replication().words()).contains("by a copy of public.projects only");
    y.writeAsset("while X is away");
    y.sql("UPDATE projects SET name = 'later' WHERE id = 5");
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 2))
        .hasMessageContaining("public.projects (3) differs");
    String places = "SELECT sum(hashtext(ctid::text || xmin)::bigint) FROM assets WHERE id <= 1000";
    long untouched = x.number(places);
    assertThat(x.database.followCopyingDiffering(y.asMain(), 2))
        .contains("(public.projects), all else is followed without");
    assertThat(x.database.followCopyingDiffering(y.asMain(), 2)).as("repeated").isNotEmpty();
    Newsroom.await("the copy", () -> x.database.initialSync().complete());
    assertThat(x.number(places)).as("rows that were not copied").isEqualTo(untouched);
    y.sql("UPDATE projects SET name = 'follows' WHERE id = 6");
    newsroom.awaitConfirmed(y);
    assertThat(x.checksums()).isEqualTo(y.checksums());
    assertThat(x.number("SELECT count(*) FROM projects WHERE name IN ('bent', 'later', 'follows')"))
        .isEqualTo(3);
    assertThat(y.online().turned()).as("it is over").isEmpty();
    Switchover back = new Switchover(newsroom, y, x, 3);
    back.perform();
    assertThat(back.turned().proven()).as(back.turned().words()).isTrue();
  }

  @Test
  @Tag("B-22")
  void whatAComparisonFoundAndNobodyRepairedIsNoEqualityAtASwitch() throws Exception {
    y.sql(REPLICA, "UPDATE assets SET title = 'bent' WHERE id = 3"); // none of the newest rows
    x.sql("INSERT INTO assets(project, title) SELECT 1, 'n' FROM generate_series(1, 2000)");
    compare();
    newsroom.awaitConfirmed(x);
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("openAsMain");
    assertThat(there.turned().words())
        .contains("public.assets up to (100) (1 row) differs, as compared before");
    x.database.followCopyingDiffering(y.asMain(), 2);
    assertThatThrownBy(() -> x.database.openAsMain(3)).hasMessageContaining("following");
    Newsroom.await("the copy", () -> x.database.initialSync().complete());
    assertThat(x.checksums()).isEqualTo(y.checksums());
  }
}
