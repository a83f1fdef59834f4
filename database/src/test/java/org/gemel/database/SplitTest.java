package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gemel.database.preview.PreviewedRow;
import org.gemel.database.preview.PreviewedTable;
import org.gemel.database.preview.SplitPreview;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** The sides of a split are joined again, and nothing is overwritten unseen. */
@NullUnmarked // fields are set before each test, not by a constructor
final class SplitTest {
  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;
  private static Newsroom.Side x;
  private static Newsroom.Side y;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "split \"Käse\"");
    x = newsroom.x;
    y = newsroom.y;
    Split.addTables(newsroom);
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void part() throws Exception {
    newsroom.fill(100);
    Split.fillTables(newsroom);
    newsroom.startReplication(x, y, 1);
    Split.part(newsroom);
  }

  /** What Y's clients do while both sides are main, and what X's do. */
  private static void writeApart() throws Exception {
    y.sql(
        "INSERT INTO assets(project, title) VALUES (1, 'only on Y'), (2, 'too, \"quoted\"')",
        "UPDATE projects SET name = 'Y''s \\ name' WHERE id IN (3, 4)",
        "UPDATE projects SET name = 'alike' WHERE id = 5",
        "DELETE FROM compositions",
        "UPDATE amounts SET amount = 2.00 WHERE amount = 2",
        "UPDATE amounts SET note = 'Y' WHERE amount = 3",
        "DELETE FROM loose WHERE ctid = (SELECT min(ctid) FROM loose WHERE a = 1)",
        "INSERT INTO loose VALUES (NULL, ''), (7, 'Y')",
        "UPDATE emptied SET id = 50, note = NULL WHERE id = 5",
        "UPDATE emptied SET note = NULL WHERE id = 4",
        "INSERT INTO emptied VALUES (60, E'a\nb'), (61, '')",
        "DELETE FROM " + Split.ODD + " WHERE \"key 2\" = 'Schlüssel, \"7\\'",
        "UPDATE "
            + Split.ODD
            + " SET raw = '\\x00ff', list = ARRAY[NULL, 9], n = 'NaN', span = '-3 days 1 s',"
            + " padded = 'zz', doc = '{\"a\": \"x, y\"}' WHERE \"key 2\" = 'Schlüssel, \"8\\'",
        "INSERT INTO "
            + Split.ODD
            + "(\"Key 1\", \"key 2\", f, at) VALUES (md5('y')::uuid, 'neu ''\"', '-infinity', '-infinity')");
    x.sql(
        "INSERT INTO assets(project, title) VALUES (3, 'only on X')",
        "UPDATE projects SET name = 'X''s' WHERE id IN (4, 9)",
        "UPDATE projects SET name = 'alike' WHERE id = 5",
        "DELETE FROM projects WHERE id = 10 AND NOT EXISTS (SELECT 1 FROM assets WHERE project = 10)",
        "UPDATE amounts SET note = 'X' WHERE amount IN (3, 4)");
  }

  private static Map<String, PreviewedTable> byName(SplitPreview preview) {
    return preview.tables().stream()
        .collect(Collectors.toMap(PreviewedTable::table, Function.identity()));
  }

  private static SplitPreview preview() throws Exception {
    return y.split.preview(x.asMain(), Optional.empty());
  }

  @Test
  @Tag("B-10")
  @Tag("B-11")
  @Tag("B-14")
  void thePreviewIsExactlyWhatOneSideWouldLose() throws Exception {
    assertThat(preview().nothingLost()).isTrue();
    writeApart();
    SplitPreview preview = preview();
    Map<String, PreviewedTable> tables = byName(preview);
    assertThat(preview.incomplete()).isEmpty();
    assertThat(tables)
        .containsOnlyKeys(
            "public.assets",
            "public.projects",
            "public.amounts",
            "public.loose",
            "public.emptied",
            Split.ODD);
    assertThat(tables.values())
        .extracting(
            PreviewedTable::table,
            PreviewedTable::lost,
            PreviewedTable::replaced,
            PreviewedTable::back,
            PreviewedTable::caughtUp)
        .containsExactlyInAnyOrder(
            tuple("public.assets", 1L, 1L, 0L, 0L), // both took number 101
            tuple("public.projects", 0L, 2L, 0L, 1L),
            tuple("public.amounts", 0L, 2L, 0L, 1L),
            tuple("public.loose", 2L, 0L, 1L, 0L),
            tuple("public.emptied", 3L, 1L, 1L, 0L),
            tuple(Split.ODD, 1L, 1L, 1L, 0L));
    assertThat(tables.get("public.loose").whole()).contains("no key");
    PreviewedRow project =
        tables.get("public.projects").examples().stream()
            .filter(row -> row.key().equals("{\"4\"}"))
            .findFirst()
            .orElseThrow();
    assertThat(project.fate()).isEqualTo("REPLACED");
    assertThat(project.changedOnMain().orElseThrow()).isAfter(project.changedHere());
    assertThat(preview.here().orElseThrow().diverged()).isPresent();
    assertThat(preview.here().orElseThrow().generation())
        .isNotEqualTo(preview.onMain().orElseThrow().generation());

    x.sql("INSERT INTO assets(project, title) VALUES (3, 'X works on')");
    assertThat(preview().hash()).as("main may work on").isEqualTo(preview.hash());
    y.sql("UPDATE projects SET name = 'Y again' WHERE id = 3");
    assertThat(preview().hash()).as("what is lost is approved").isNotEqualTo(preview.hash());
  }

  @Test
  @Tag("B-10")
  void aTableEmptiedOnMainShowsOnlyWhatThisSideDidAsLost() throws Exception {
    y.sql("UPDATE emptied SET note = 'Y' WHERE id = 2");
    x.sql("TRUNCATE emptied", "INSERT INTO emptied VALUES (1, 'again')");
    PreviewedTable emptied = byName(preview()).get("public.emptied");
    assertThat(emptied.whole()).contains("TRUNCATE on main");
    assertThat(emptied.lost()).isEqualTo(1);
    assertThat(emptied.overwritten()).isEqualTo(1);
    assertThat(emptied.caughtUp()).isEqualTo(4);
  }

  @Test
  @Tag("B-11")
  void whatWouldBeLostIsExportedAndCanBeBroughtBack() throws Exception {
    writeApart();
    Path export = folder.resolve("export");
    y.split.preview(x.asMain(), Optional.of(export));
    assertThatThrownBy(() -> y.split.preview(x.asMain(), Optional.of(export)))
        .hasMessageContaining("there already");

    x.node.sql("postgres", "CREATE DATABASE scratch TEMPLATE " + Sql.identifier(newsroom.name));
    try (Stream<Path> files = Files.list(export)) {
      for (Path file : files.sorted().toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
        if (file.toString().endsWith(".sql")) {
          String sql = Files.readString(file).replace("\\set ON_ERROR_STOP on", "");
          x.node.sql("scratch", "SET session_replication_role = replica;" + sql);
        }
      }
    }
    for (String table : List.of("public.loose", "public.emptied", Split.ODD)) {
      assertThat(rows(x.node, "scratch", table, "true"))
          .as(table)
          .isEqualTo(rows(y.node, newsroom.name, table, "true"));
    }
    assertThat(rows(x.node, "scratch", "public.projects", "id IN (3, 4)"))
        .isEqualTo(rows(y.node, newsroom.name, "public.projects", "id IN (3, 4)"));
    assertThat(rows(x.node, "scratch", "public.amounts", "amount IN (2, 3)"))
        .isEqualTo(rows(y.node, newsroom.name, "public.amounts", "amount IN (2, 3)"));
    assertThat(rows(x.node, "scratch", "public.assets", "title LIKE 'too%'"))
        .isEqualTo(rows(y.node, newsroom.name, "public.assets", "title LIKE 'too%'"));

    x.node.sql("scratch", "CREATE TABLE csv(id int, note text)");
    try (Connection connection = x.node.server.connect("scratch");
        Stream<Path> files = Files.list(export);
        Reader csv =
            Files.newBufferedReader(
                files
                    .filter(f -> f.toString().endsWith("emptied.csv"))
                    .findFirst()
                    .orElseThrow())) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY csv FROM STDIN (FORMAT csv, HEADER true)", csv);
    }
    assertThat(rows(x.node, "scratch", "csv", "true"))
        .isEqualTo(rows(y.node, newsroom.name, "emptied", "id > 5 OR id = 4"));
    x.node.sql("postgres", "DROP DATABASE scratch");
  }

  /** Where rows lie that nobody changed, and which transaction wrote them. */
  private static List<String> untouched(Newsroom.Side side) throws Exception {
    return side.list(
        "SELECT 'asset ' || id || ctid || xmin FROM assets WHERE id <= 100 UNION ALL"
            + " SELECT 'project ' || id || ctid || xmin FROM projects WHERE id IN (1, 2, 6, 7, 8)"
            + " UNION ALL SELECT \"key 2\" || ctid || xmin FROM "
            + Split.ODD
            + " WHERE \"key 2\" !~ '\"(7|8).$' AND \"key 2\" <> 'neu ''\"' ORDER BY 1",
        row -> row.getString(1));
  }

  private static void assertAlike() throws Exception {
    for (String table :
        List.of(
            "public.projects",
            "public.assets",
            "public.compositions",
            "public.amounts",
            "public.loose",
            "public.emptied",
            Split.ODD,
            Newsroom.TABLES.getLast())) {
      assertThat(rows(y.node, newsroom.name, table, "true"))
          .as(table)
          .isEqualTo(rows(x.node, newsroom.name, table, "true"));
    }
  }

  private static Rejoined rejoin(String hash, long epoch) throws Exception {
    y.database.markBackup(epoch);
    x.database.publish();
    return y.split.rejoin(x.asMain(), hash, epoch);
  }

  @Test
  @Tag("B-10")
  @Tag("B-11")
  @Tag("M-21")
  void joiningRepairsWhatChangedOnEitherSideAndNothingElse() throws Exception {
    writeApart();
    List<String> places = untouched(y);
    assertThat(places).hasSizeGreaterThan(120);
    String hash = preview().hash();
    Rejoined joined;
    try (Writers writers = new Writers(List.of(x), 2, 0)) {
      Newsroom.await("rows under way", () -> writers.acknowledged().size() > 20);
      joined = rejoin(hash, 3);
      int before = writers.acknowledged().size();
      Newsroom.await("more rows", () -> writers.acknowledged().size() > before + 20);
    }
    assertThat(joined.repaired()).as(joined.words()).isTrue();
    assertThat(joined.words()).contains("1 tables copied whole", "equal"); // loose
    x.split.forgetChanges();
    newsroom.awaitConfirmed(x);
    assertAlike();
    assertThat(untouched(y)).isEqualTo(places);
    assertThat(y.split.rejoin(x.asMain(), hash, 3).repaired()).as("again").isTrue();
    assertThat(y.split.changes()).isEmpty();
    assertThat(Split.slots(y)).isZero();
    assertThat(Split.slots(x)).isEqualTo(1);
    Switchover there = new Switchover(newsroom, x, y, 4);
    there.perform();
    assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
    y.writeAsset("Y takes a number that is free");
    x.database.unsubscribe();
    y.database.unpublish();
  }

  @Test
  @Tag("B-10")
  void whatWasNotApprovedIsNotOverwritten() throws Exception {
    writeApart();
    String hash = preview().hash();
    y.sql("DELETE FROM emptied WHERE id = 61");
    List<String> emptied = rows(y.node, newsroom.name, "public.emptied", "true");
    assertThatThrownBy(() -> rejoin(hash, 3))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("changed since that preview in [public.emptied]")
        .hasMessageContaining("nothing was changed");
    assertThatThrownBy(() -> rejoin("", 3)).hasMessageContaining("--preview");
    assertThatThrownBy(() -> y.split.requireApproved(x.asMain(), ""))
        .hasMessageContaining("--preview");
    assertThat(rows(y.node, newsroom.name, "public.emptied", "true")).isEqualTo(emptied);
    y.split.requireApproved(x.asMain(), preview().hash());
    assertThat(rejoin(preview().hash(), 3).repaired()).isTrue();
    newsroom.awaitConfirmed(x);
    assertAlike();
  }

  @Test
  @Tag("B-11")
  void whereTheNotesAreNotCompleteOrNoCheaperEverythingIsCopied() throws Exception {
    writeApart();
    y.split.requireApproved(x.asMain(), preview().hash());
    SplitDatabase thrifty =
        new SplitDatabase(
            newsroom.settings(y.node), new ChangeLogLimits(1000, 1L << 30, 1000, 0, 0.01));
    y.database.markBackup(3);
    x.database.publish();
    Rejoined copied = thrifty.rejoin(x.asMain(), preview().hash(), 3);
    assertThat(copied.repaired()).isFalse();
    assertThat(copied.words()).contains("no cheaper");
    Newsroom.await("the copy", () -> y.database.initialSync().complete());
    newsroom.awaitConfirmed(x);
    assertAlike();

    Split.part(newsroom, 4);
    x.sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    x.split.drainChanges();
    x.sql("UPDATE projects SET name = 'unseen'");
    assertThat(preview().incomplete()).isEmpty(); // what Y would lose is known
    copied = rejoin(preview().hash(), 5);
    assertThat(copied.words()).contains("of main is not complete", "its slot was dropped");
    Newsroom.await("the copy", () -> y.database.initialSync().complete());
    newsroom.awaitConfirmed(x);
    assertAlike();
  }

  @Test
  @Tag("B-11")
  @Tag("M-40")
  void aServerThatDiesWithinLeavesNothingHalfDone() throws Exception {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("servers are killed with seed " + seed + " (-Dgemel.seed=" + seed + ")");
    Random random = new Random(seed);
    writeApart();
    List<String> places = untouched(y);
    String hash = preview().hash();
    y.database.markBackup(3);

    for (int round = 0; round < 6; round++) {
      Servers.Node victim = round % 2 == 0 ? servers.y : servers.x;
      long delayNanos = random.nextLong(400_000_000);
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
        System.out.println(rejoin(hash, 3).words());
      } catch (DatabaseFailure e) {
        System.out.println("cut off after " + delayNanos / 1_000_000 + " ms: " + e.getMessage());
      }
      killer.join();
    }
    Rejoined joined = rejoin(hash, 3);
    assertThat(joined.repaired()).as(joined.words()).isTrue();
    newsroom.awaitConfirmed(x);
    assertAlike();
    assertThat(untouched(y)).isEqualTo(places);
  }

  /** By the names of the columns, in an order of their texts. */
  private static List<String> rows(Servers.Node node, String database, String table, String where)
      throws Exception {
    try (Connection connection = node.server.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(
          "SET extra_float_digits = 1; SET DateStyle = 'ISO'; SET bytea_output = hex");
      try (var result =
          statement.executeQuery(
              "SELECT string_agg(e.key || '=' || coalesce(e.value, 'NULL'), ', ' ORDER BY e.key)"
                  + " FROM (SELECT row_number() OVER () AS n, to_jsonb(t) AS doc FROM "
                  + table
                  + " t WHERE "
                  + where
                  + ") r, jsonb_each_text(r.doc) e GROUP BY r.n ORDER BY (min(r.doc::text)) COLLATE \"C\"")) {
        List<String> rows = new java.util.ArrayList<>();
        while (result.next()) {
          rows.add(result.getString(1));
        }
        return rows;
      }
    }
  }
}
