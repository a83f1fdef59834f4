package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gemel.database.preview.ChangeLogState;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides of a split know which rows they changed since. */
@NullUnmarked // fields are set before each test, not by a constructor
final class ChangeLogTest {
  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;
  private static Newsroom.Side x;
  private static Newsroom.Side y;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "noted \"Käse\"");
    x = newsroom.x;
    y = newsroom.y;
    Split.addTables(newsroom);
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void startReplication() throws Exception {
    newsroom.fill(100);
    Split.fillTables(newsroom);
    newsroom.startReplication(x, y, 1);
  }

  @Test
  @Tag("B-11")
  @Tag("B-14")
  void eachSideNotesTheKeysOfWhatItChangedItself() throws Exception {
    Split.part(newsroom);
    assertThat(x.split.drainChanges()).isTrue();
    assertThat(y.split.drainChanges()).isTrue();
    assertThat(Split.noted(y)).isEmpty();
    assertThat(y.split.changes().orElseThrow().diverged()).isEmpty();

    y.sql(
        "INSERT INTO assets(project, title) VALUES (1, 'only on Y')",
        "UPDATE projects SET name = 'Y''s' WHERE id = 3",
        "UPDATE emptied SET id = 50 WHERE id = 5",
        "DELETE FROM " + Split.ODD + " WHERE \"key 2\" = 'Schlüssel, \"7\\'",
        "UPDATE amounts SET note = 'more' WHERE amount = 2");
    x.sql("TRUNCATE emptied", "DELETE FROM loose WHERE a = 1", "UPDATE projects SET name = 'X'");
    assertThat(y.split.drainChanges()).isTrue();
    assertThat(x.split.drainChanges()).isTrue();

    assertThat(Split.noted(y))
        .hasSize(5)
        .containsEntry("public.assets", List.of("{\"101\"}"))
        .containsEntry("public.projects", List.of("{\"3\"}"))
        .containsEntry("public.emptied", List.of("{\"5\"}", "{\"50\"}"))
        .containsEntry("public.amounts", List.of("{\"2\"}"));
    assertThat(Split.noted(y).get(Split.ODD)) // by the names of the columns: "Key 1", "key 2"
        .containsExactly("{\"8f14e45f-ceea-167a-5a36-dedd4bea2543\",\"Schlüssel, \\\"7\\\\\"}");
    assertThat(Split.noted(x).get("public.emptied")).containsExactly("it was emptied by TRUNCATE");
    assertThat(Split.noted(x).get("public.loose")).containsExactly("it has no key");
    assertThat(Split.noted(x).get("public.projects")).hasSize(10);

    ChangeLogState ofY = y.split.changes().orElseThrow();
    assertThat(ofY.diverged()).isPresent();
    assertThat(ofY.keys()).isEqualTo(6);
    assertThat(ofY.incomplete()).isEmpty();
    assertThat(ofY.generation()).isNotEqualTo(x.split.changes().orElseThrow().generation());
    assertThat(y.online().replication().words()).contains("6 rows", "bytes of log are held");

    joinByCopy();
    assertThat(Split.slots(x)).isEqualTo(1);
    assertThat(Split.slots(y)).isZero();
    assertThat(y.split.changes()).isEmpty();
    assertThat(x.split.changes()).isEmpty();
  }

  private static void joinByCopy() throws Exception {
    y.database.markBackup(3);
    newsroom.startReplication(x, y, 3);
    x.split.forgetChanges();
  }

  @Test
  @Tag("B-11")
  void nothingThatMainWritesWhileTheSidesPartIsMissing() throws Exception {
    try (Writers writers = new Writers(List.of(x), 2, 1)) {
      Newsroom.await("rows under way", () -> writers.acknowledged().size() > 50);
      Split.part(newsroom);
      int before = writers.acknowledged().size();
      Newsroom.await("more rows", () -> writers.acknowledged().size() > before + 50);
    }
    x.database.hold(java.time.Duration.ofMillis(500));
    assertThat(x.split.drainChanges()).isTrue();
    Set<String> onYOnly = ids(x);
    onYOnly.removeAll(ids(y));
    assertThat(onYOnly).hasSizeGreaterThan(50);
    assertThat(Split.noted(x).get("public.assets")).containsAll(onYOnly);
    assertThat(y.split.drainChanges()).isTrue();
    assertThat(Split.noted(y)).isEmpty(); // what it applied from main is not its own
    joinByCopy();
    x.database.openAsMain(4);
  }

  private static Set<String> ids(Newsroom.Side side) throws Exception {
    return new HashSet<>(
        side.list("SELECT '{\"' || id || '\"}' FROM assets", row -> row.getString(1)));
  }

  @Test
  @Tag("B-11")
  void aServerThatDiesLosesNoNoteWhereverItIs() throws Exception {
    newsroom.awaitConfirmed(x);
    y.split.partFromMain();
    servers.y.crash();
    servers.y.start();
    y.split.partFromMain();
    x.sql("UPDATE projects SET name = 'while Y was parted' WHERE id = 4");
    x.split.partFromBackup();
    servers.x.crash();
    servers.x.start();
    x.split.partFromBackup();
    y.database.openAsMain(2);
    y.sql("UPDATE projects SET name = 'Y' WHERE id = 5");
    y.split.drainChanges();
    servers.y.crash(); // the notes are committed, and the slot may stand where it did before
    servers.y.start();
    y.sql("UPDATE projects SET name = 'Y' WHERE id = 6");
    y.split.drainChanges();
    x.split.drainChanges();
    assertThat(Split.noted(x).get("public.projects")).containsExactly("{\"4\"}");
    assertThat(Split.noted(y).get("public.projects")).containsExactly("{\"5\"}", "{\"6\"}");
    assertThat(y.split.changes().orElseThrow().incomplete()).isEmpty();
    y.database.markBackup(3);
    assertThat(y.split.changes().orElseThrow().keys()).isEqualTo(2); // until they are joined
    joinByCopy();
  }

  @Test
  @Tag("B-11")
  void aLogThatBrokeSaysSinceWhenAndWhy() throws Exception {
    Split.part(newsroom);
    y.sql("UPDATE projects SET name = 'noted' WHERE id = 1");
    y.split.drainChanges();
    y.sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    y.sql("UPDATE projects SET name = 'not noted' WHERE id = 2");
    y.split.drainChanges();
    assertThat(y.split.changes().orElseThrow().incomplete())
        .contains("unknown since", "its slot was dropped");
    assertThat(Split.noted(y).get("public.projects")).containsExactly("{\"1\"}");
    x.sql("ALTER PUBLICATION " + publication(x) + " DROP TABLE loose");
    x.split.drainChanges();
    assertThat(x.split.changes().orElseThrow().incomplete()).contains("was altered");
    assertThat(Split.slots(x) + Split.slots(y)).isZero();
    joinByCopy();
  }

  private static String publication(Newsroom.Side side) throws Exception {
    return side.list("SELECT quote_ident(pubname) FROM pg_publication", row -> row.getString(1))
        .getFirst();
  }

  @Test
  @Tag("B-11")
  void aTableWithTooManyChangesIsNotedWholeAndOthersByTheirKeys() throws Exception {
    SplitDatabase limited =
        new SplitDatabase(
            newsroom.settings(y.node), new ChangeLogLimits(20, 1L << 30, 10, 100, 0.3));
    Split.part(newsroom);
    y.sql("UPDATE projects SET name = name || '!'", "UPDATE assets SET title = 'a' WHERE id < 16");
    assertThat(limited.drainChanges()).isTrue();
    assertThat(Split.noted(y).get("public.assets")).hasSize(15);
    y.sql("UPDATE assets SET title = 'b' WHERE id BETWEEN 30 AND 45");
    assertThat(limited.drainChanges()).isTrue();
    assertThat(Split.noted(y).get("public.assets"))
        .containsExactly("more than 20 of its rows changed");
    assertThat(Split.noted(y).get("public.projects")).hasSize(10);
    joinByCopy();
  }

  @Test
  @Tag("B-11")
  void stoppedForGoodItKeepsNoLogAndSaysThatChangesAreUnknown() throws Exception {
    Split.part(newsroom);
    x.database.unpublish();
    y.database.unpublish();
    assertThat(Split.slots(x) + Split.slots(y)).isZero();
    assertThat(x.split.changes().orElseThrow().incomplete()).contains("was stopped");
    y.database.markBackup(3);
  }
}
