package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row of both sides is compared, whatever is in it, while clients work. */
@NullUnmarked // fields are set before each test, not by a constructor
final class ComparisonTest {
  private static final String ODD = "\"Odd Names\".\"Ünï \"\"code\"\"\"";
  private static final String REPLICA = "SET session_replication_role = replica";
  private static final ComparisonPace SMALL = new ComparisonPace(2, 100, 0);

  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;
  private static Newsroom.Side x;
  private static Newsroom.Side y;

  @BeforeAll
  static void startReplication() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "compared");
    x = newsroom.x;
    y = newsroom.y;
    newsroom.fill(1000);
    // The columns in another order, and other settings of the database itself.
    x.sql(
        "CREATE TABLE "
            + ODD
            + "(\"Key 1\" uuid, \"key 2\" text COLLATE \"C\", list int[], doc jsonb,"
            + " raw bytea, f float8, n numeric, at timestamptz, span interval, made text"
            + " GENERATED ALWAYS AS (doc ->> 'a') STORED, number bigint GENERATED ALWAYS AS IDENTITY,"
            + " PRIMARY KEY (\"key 2\", \"Key 1\"))",
        "CREATE TABLE loose(a int, b text)",
        "ALTER TABLE loose REPLICA IDENTITY FULL",
        "CREATE TABLE words(word text COLLATE \"C\", n int, PRIMARY KEY (word, n))");
    y.sql(
        "CREATE TABLE "
            + ODD
            + "(number bigint GENERATED ALWAYS AS IDENTITY, span interval,"
            + " at timestamptz, n numeric, f float8, raw bytea, doc jsonb, list int[],"
            + " \"key 2\" text COLLATE \"C\", \"Key 1\" uuid, made text GENERATED ALWAYS AS"
            + " (doc ->> 'a') STORED, PRIMARY KEY (\"key 2\", \"Key 1\"))",
        "CREATE TABLE loose(b text, a int)",
        "ALTER TABLE loose REPLICA IDENTITY FULL",
        "CREATE TABLE words(word text COLLATE \"en-x-icu\", n int, PRIMARY KEY (word, n))",
        "ALTER DATABASE compared SET \"DateStyle\" = 'SQL, DMY'",
        "ALTER DATABASE compared SET \"TimeZone\" = 'Asia/Kolkata'",
        "ALTER DATABASE compared SET \"IntervalStyle\" = 'iso_8601'",
        "ALTER DATABASE compared SET extra_float_digits = 0",
        "ALTER DATABASE compared SET bytea_output = 'escape'");
    x.sql(
        "INSERT INTO "
            + ODD
            + " SELECT gen_random_uuid(), 'Schlüssel ' || n, ARRAY[n, NULL, 3],"
            + " jsonb_build_object('a', n, 'ä', 'ß'), decode(md5(n::text), 'hex'),"
            + " CASE n % 4 WHEN 0 THEN 'NaN' WHEN 1 THEN 'infinity' WHEN 2 THEN '-0' ELSE n / 3.0::float8"
            + " END, CASE n % 2 WHEN 0 THEN 'NaN' ELSE n / 7.0 END, now() + n * interval '1 s',"
            + " n * interval '1 day 3 s' FROM generate_series(1, 300) n",
        "INSERT INTO loose SELECT n % 3, CASE WHEN n % 2 = 0 THEN NULL ELSE 'twice' END"
            + " FROM generate_series(1, 50) n",
        // The two sides sort these otherwise.
        "INSERT INTO words SELECT CASE n % 3 WHEN 0 THEN upper(w) WHEN 1 THEN w ELSE '\"ä, ' || w END,"
            + " n FROM generate_series(1, 600) n, LATERAL (SELECT chr(97 + n % 26) || n) l(w)");
    newsroom.startReplication(x, y, 1);
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  private static Map<String, TableComparison> compare(ComparisonPace pace) throws Exception {
    List<ComparisonProgress> told = new ArrayList<>();
    List<TableComparison> all = y.database.compare(x.asMain(), pace, told::add);
    assertThat(told.getLast().tablesDone()).isEqualTo(all.size());
    assertThat(told.getLast().fraction()).isEqualTo(1);
    assertThat(told.getLast().rows())
        .isEqualTo(all.stream().mapToLong(TableComparison::rows).sum());
    return all.stream().collect(Collectors.toMap(TableComparison::table, Function.identity()));
  }

  @Test
  @Tag("B-24")
  @Tag("B-22")
  void equalTablesAreFoundEqualUnderFireAndWhateverIsInThem() throws Exception {
    try (Writers writers = new Writers(List.of(x), 2, 0)) {
      Newsroom.await("rows under way", () -> writers.acknowledged().size() > 50);
      Map<String, TableComparison> compared = compare(SMALL);
      assertThat(compared).hasSize(7);
      assertThat(compared.values()).allSatisfy(t -> assertThat(t.differing()).isZero());
      assertThat(compared.get(ODD).rows()).isEqualTo(300);
      assertThat(compared.get("public.loose").rows()).isEqualTo(50);
      assertThat(compared.get("public.assets").rows()).isGreaterThan(1000);
    }
    newsroom.awaitConfirmed(x);
    // With the other settings, and the columns in another order, as the newest rows are looked at.
    Switchover there = new Switchover(newsroom, x, y, 1);
    there.performTo("turn");
    assertThat(there.turned().words()).contains("all 7 tables follow", "7 of 7 tables compared");
    assertThat(there.turned().proven()).isTrue();
    x.database.unpublish();
    x.database.openAsMain(1);
    newsroom.startReplication(x, y, 1);
  }

  @Test
  @Tag("B-24")
  void oneChangedByteInOneRowIsFoundAndNothingElse() throws Exception {
    y.sql(
        REPLICA,
        "UPDATE "
            + ODD
            + " SET raw = set_byte(raw, 3, 255 - get_byte(raw, 3))"
            + " WHERE \"key 2\" = 'Schlüssel 33'",
        "DELETE FROM assets WHERE id = 501",
        "UPDATE words SET n = -n WHERE n = 313",
        "INSERT INTO loose VALUES ('twice', 1)");
    try (Writers writers = new Writers(List.of(x), 1, 0)) {
      Newsroom.await("rows under way", () -> writers.acknowledged().size() > 20);
      Map<String, TableComparison> compared = compare(SMALL);
      assertThat(compared.get(ODD).differing()).isEqualTo(1);
      assertThat(compared.get(ODD).examples().getFirst().words())
          .contains("Schlüssel 33", "differs");
      assertThat(compared.get("public.assets").examples())
          .containsExactly(new RowDifference("public.assets", "(501)", true, false));
      assertThat(compared.get("public.assets").ranges())
          .containsExactly(
              new DifferingRange(new KeyRange("public.assets", List.of("500"), List.of("600")), 1));
      assertThat(compared.get("public.words").examples())
          .extracting(RowDifference::words)
          .satisfiesExactlyInAnyOrder(
              row -> assertThat(row).contains(",-313) is on the backup only"),
              row -> assertThat(row).contains(",313) is on main only"));
      assertThat(compared.get("public.loose").differing()).isEqualTo(1);
      assertThat(compared.get("public.projects").differing()).isZero();
    } finally {
      newsroom.startReplication(x, y, 1);
    }
    assertThat(compare(ComparisonPace.standard()).values())
        .allSatisfy(t -> assertThat(t.differing()).isZero());
  }

  @Test
  @Tag("B-24")
  void whatIsOnlyLateIsWaitedForAndIsNoDifference() throws Exception {
    try (Connection blocker = y.node.server.connect(newsroom.name);
        Statement statement = blocker.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE public.projects IN SHARE MODE"); // following waits for it
      x.sql("UPDATE projects SET name = name || ' late'");
      Future<Map<String, TableComparison>> comparing = threads.submit(() -> compare(SMALL));
      Newsroom.await(
          "the comparison to wait",
          () ->
              comparing.isDone()
                  || x.number(
                          "SELECT count(*) FROM pg_stat_activity WHERE usename = 'gemel_replication'"
                              + " AND application_name = 'gemel'"
                              + " AND query LIKE '%pg_replication_slots%'")
                      > 0);
      blocker.rollback();
      assertThat(comparing.get().values()).allSatisfy(t -> assertThat(t.differing()).isZero());
    }
  }

  @Test
  @Tag("B-24")
  void aTableThatNobodyCountedIsNotReadRowByRow() throws Exception {
    Newsroom other = new Newsroom(servers, "uncounted");
    other.fill(10);
    for (Newsroom.Side side : List.of(other.x, other.y)) {
      side.sql(
          "CREATE TABLE long(id int PRIMARY KEY, fill text) WITH (autovacuum_enabled = false)",
          "ALTER TABLE long ALTER fill SET STORAGE PLAIN");
    }
    other.x.sql("INSERT INTO long SELECT n, repeat('x', 7000) FROM generate_series(1, 700) n");
    other.startReplication(other.x, other.y, 1);
    other.x.sql("SELECT pg_stat_reset_single_table_counters('long'::regclass)");
    assertThat(other.x.number("SELECT reltuples::bigint FROM pg_class WHERE relname = 'long'"))
        .isEqualTo(-1);
    List<ComparisonProgress> told = new ArrayList<>();
    other.y.database.compare(other.x.asMain(), new ComparisonPace(2, 65_536, 0), told::add);
    assertThat(told.getLast().rows()).isGreaterThan(700);
    assertThat(told).hasSizeLessThan(30);
    other.y.database.unsubscribe();
    other.x.database.unpublish();
  }

  @Test
  @Tag("B-24")
  void cutOffItGoesOnWhereItStoodAndForgetsNothing() throws Exception {
    y.sql(REPLICA, "DELETE FROM assets WHERE id = 17");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicLong reached = new AtomicLong();
      Future<?> first =
          threads.submit(
              () ->
                  y.database.compare(
                      x.asMain(),
                      new ComparisonPace(1, 50, 500), // assets, the largest, first
                      progress -> reached.set(progress.rows())));
      Newsroom.await("half of it", () -> reached.get() >= 300);
      y.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gemel'"
              + " AND datname = current_database()");
      assertThatThrownBy(first::get).isNotNull();
      List<ComparisonProgress> told = new ArrayList<>();
      List<TableComparison> all = y.database.compare(x.asMain(), SMALL, told::add);
      assertThat(told.getFirst().resumed()).isTrue();
      assertThat(told.getFirst().rows()).isBetween(300L, 900L);
      assertThat(told.getFirst().words()).startsWith("gone on with: 0 of 7 tables compared");
      assertThat(all)
          .filteredOn(t -> t.table().equals("public.assets"))
          .allSatisfy(t -> assertThat(t.rows()).isEqualTo(x.number("SELECT count(*) FROM assets")))
          .flatExtracting(TableComparison::examples)
          .containsExactly(new RowDifference("public.assets", "(17)", true, false));
      y.database.compare(x.asMain(), SMALL, told::add);
      assertThat(told.getLast().resumed()).as("one that ended").isFalse();
    } finally {
      newsroom.startReplication(x, y, 1);
    }
  }

  @Test
  @Tag("B-24")
  void aComparisonIsNoFasterThanItMayBe() throws Exception {
    long begun = System.nanoTime();
    compare(new ComparisonPace(6, 100, 1000));
    assertThat(System.nanoTime() - begun).isGreaterThan(900_000_000L); // 1000 assets at least
  }

  @Test
  @Tag("B-24")
  void rowsThatAreFarTooManyOnTheBackupAreCountedAndNotRead() throws Exception {
    int more = 350; // a range of this pace has a hundred
    y.sql(
        REPLICA,
        "INSERT INTO projects(id, name) SELECT n, 'never on main' FROM generate_series(1001, "
            + (1000 + more)
            + ") n",
        "INSERT INTO words SELECT 'w' || n, n FROM generate_series(1001, " + (1000 + more) + ") n");
    try {
      Map<String, TableComparison> compared = compare(SMALL);
      assertThat(compared.get("public.projects").differing()).isEqualTo(more);
      assertThat(compared.get("public.projects").examples()).isEmpty();
      assertThat(compared.get("public.words").differing()).isEqualTo(more);
      assertThat(compared.get("public.words").examples())
          .as("their order is not the same on both sides, so each is looked for by its key")
          .isNotEmpty();
      assertThat(compared.get("public.assets").differing()).isZero();
    } finally {
      y.sql(REPLICA, "DELETE FROM projects WHERE id > 1000", "DELETE FROM words WHERE n > 1000");
    }
    assertThat(compare(ComparisonPace.standard()).values())
        .allSatisfy(t -> assertThat(t.differing()).isZero());
  }

  @Test
  @Tag("B-22")
  void conflictsAreSettledByAComparisonThatFoundAllEqualAndNoLaterOneIs() throws Exception {
    y.assumeRelease(18, "counts conflicts");
    long before = conflicts();
    missRow("first");
    awaitConflicts(before + 1);
    assertThat(differing()).isOne();
    assertThat(conflicts()).as("what differs settles nothing").isEqualTo(before + 1);
    y.sql(REPLICA, "INSERT INTO projects(id, name) SELECT 7, 'first'");
    assertThat(differing()).isZero();
    assertThat(conflicts()).isZero();

    missRow("second");
    awaitConflicts(before + 2);
    y.sql(REPLICA, "INSERT INTO projects(id, name) SELECT 7, 'second'");
    assertThat(differing()).isZero();
    assertThat(conflicts()).isZero();

    y.node.crash();
    y.node.start();
    newsroom.awaitConfirmed(x);
    for (int i = 0; i < before + 2; i++) {
      missRow("again " + i);
      y.sql(REPLICA, "INSERT INTO projects(id, name) SELECT 7, 'again " + i + "'");
    }
    awaitConflicts(before + 2); // as many as were settled, and others
    assertThat(differing()).isZero();
    assertThat(conflicts()).isZero();
  }

  private static void missRow(String name) throws Exception {
    newsroom.awaitConfirmed(x);
    y.sql(REPLICA, "DELETE FROM projects WHERE id = 7");
    x.sql("UPDATE projects SET name = '" + name + "' WHERE id = 7");
    newsroom.awaitConfirmed(x);
  }

  private static void awaitConflicts(long wanted) throws Exception {
    Newsroom.await("the conflict to be counted", () -> conflicts() == wanted);
  }

  private static long conflicts() throws Exception {
    try (Session session = Session.administrator(newsroom.settings(y.node))) {
      return new Conflicts(session, Names.of("Newsroom " + newsroom.name)).unsettled();
    }
  }

  private static long differing() throws Exception {
    return y.database.compare(x.asMain(), SMALL, true, _ -> {}).stream()
        .mapToLong(TableComparison::differing)
        .sum();
  }
}
