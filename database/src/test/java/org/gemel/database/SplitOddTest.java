package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.gemel.database.preview.PreviewedTable;
import org.gemel.database.preview.SplitPreview;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A split of tables that are named by something else than a plain primary key. */
@NullUnmarked // fields are set before each test, not by a constructor
final class SplitOddTest {
  @TempDir static Path folder;
  private static Servers servers;
  private static Newsroom newsroom;
  private static Newsroom.Side x;
  private static Newsroom.Side y;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
    newsroom = new Newsroom(servers, "odd");
    x = newsroom.x;
    y = newsroom.y;
    for (Newsroom.Side side : List.of(x, y)) {
      side.sql(
          "CREATE EXTENSION citext",
          "CREATE TABLE tags(tag citext PRIMARY KEY, note text)",
          "CREATE TABLE clips(id int PRIMARY KEY, code text NOT NULL, note text)",
          "CREATE UNIQUE INDEX clip_code ON clips(code)",
          "ALTER TABLE clips REPLICA IDENTITY USING INDEX clip_code",
          "GRANT ALL ON ALL TABLES IN SCHEMA public TO editor");
    }
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void part() throws Exception {
    newsroom.fill(5);
    for (Newsroom.Side side : List.of(x, y)) {
      side.sql("TRUNCATE tags, clips");
    }
    x.sql(
        "INSERT INTO tags SELECT 'Tag ' || n, 'X' FROM generate_series(1, 9) n",
        "INSERT INTO clips SELECT n, 'code ' || n, 'X' FROM generate_series(1, 9) n");
    newsroom.startReplication(x, y, 1);
    Split.part(newsroom);
  }

  private static SplitPreview preview() throws Exception {
    return y.split.preview(x.asMain(), Optional.empty());
  }

  @Test
  @Tag("B-10")
  void rowsAreKnownByTheIndexThatNamesThemWhereMainEmptiedTheirTable() throws Exception {
    y.sql("UPDATE clips SET note = 'Y' WHERE id = 2", "INSERT INTO clips VALUES (20, 'new', 'Y')");
    x.sql("TRUNCATE clips", "INSERT INTO clips VALUES (1, 'code 1', 'X')");
    PreviewedTable clips = preview().tables().getFirst();
    assertThat(clips.table()).isEqualTo("public.clips");
    assertThat(clips.lost()).as("what Y changed").isEqualTo(2);
    assertThat(clips.caughtUp()).as("what X removed").isEqualTo(7);
  }

  @Test
  @Tag("B-11")
  void keysOfATypeThatAnExtensionBroughtAreFoundByItsOwnEquality() throws Exception {
    y.sql("UPDATE tags SET note = 'Y' WHERE tag = 'tag 3'", "DELETE FROM tags WHERE tag = 'TAG 4'");
    x.sql("DELETE FROM tags WHERE tag = 'tag 5'", "INSERT INTO tags VALUES ('TAG 5', 'again')");
    SplitPreview preview = preview();
    PreviewedTable tags = preview.tables().getFirst();
    assertThat(tags.replaced()).isEqualTo(1);
    assertThat(tags.back()).isEqualTo(1);
    assertThat(tags.caughtUp()).isEqualTo(1);
    Rejoined joined = rejoin(preview.hash());
    assertThat(joined.repaired()).as(joined.words()).isTrue();
    newsroom.awaitConfirmed(x);
    String all = "SELECT tag || note FROM tags ORDER BY tag";
    assertThat(y.list(all, row -> row.getString(1)))
        .isEqualTo(x.list(all, row -> row.getString(1)));
    assertThat(rejoin(preview.hash()).words()).contains("already");
    try (Session main = Session.administrator(newsroom.settings(x.node))) {
      new Slots(main, Names.of(newsroom.settings(x.node).pair())).drop();
    }
    assertThatThrownBy(() -> rejoin(preview.hash())).hasMessageContaining("slot for it is gone");
  }

  @Test
  @Tag("M-21")
  @Tag("B-10")
  void mainMayBeAlteredWhileASideThatChangesNothingIsApart() throws Exception {
    y.database.markBackup(3);
    x.sql("CREATE TABLE made(id int PRIMARY KEY)", "INSERT INTO made VALUES (1)");
    try {
      y.split.requireApproved(x.asMain(), "");
      newsroom.startReplication(x, y, 3);
      assertThat(y.number("SELECT count(*) FROM made")).isEqualTo(1);
    } finally {
      y.database.unsubscribe();
      x.database.unpublish();
      x.sql("DROP TABLE made");
      y.sql("DROP TABLE IF EXISTS made");
    }
  }

  @Test
  @Tag("B-10")
  void whatASideChangedIsNotOverwrittenUnseenThoughMainWasAltered() throws Exception {
    y.sql("UPDATE clips SET note = 'Y' WHERE id = 2");
    y.database.markBackup(3);
    x.sql("CREATE TABLE made(id int PRIMARY KEY)");
    try {
      assertThatThrownBy(() -> y.split.requireApproved(x.asMain(), ""))
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageContaining("made is missing on the backup");
    } finally {
      x.sql("DROP TABLE made");
    }
  }

  @Test
  @Tag("B-10")
  void nobodyWaitsBehindAPreviewThatIsRead() throws Exception {
    y.sql("UPDATE clips SET note = 'Y' WHERE id = 2");
    CompletableFuture<SplitPreview> previewed = new CompletableFuture<>();
    try (Connection busy = x.node.server.connect(newsroom.name);
        Statement statement = busy.createStatement()) {
      busy.setAutoCommit(false);
      statement.execute("LOCK TABLE clips IN ACCESS EXCLUSIVE MODE");
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  previewed.complete(preview());
                } catch (Exception | AssertionError e) {
                  previewed.completeExceptionally(e);
                }
              });
      Newsroom.await(
          "the preview, which waits for a table of main",
          () ->
              previewed.isDone()
                  || x.number(
                          "SELECT count(*) FROM pg_locks"
                              + " WHERE NOT granted AND relation = 'clips'::regclass")
                      == 1);
      y.database.setSequences(List.of());
      assertThat(previewed).isNotDone();
      busy.rollback();
    }
    assertThat(previewed.get().tables()).extracting(PreviewedTable::lost).isEqualTo(List.of(0L));
    assertThat(rejoin(previewed.get().hash()).repaired()).isTrue();
  }

  @Test
  @Tag("B-11")
  void mainsTablesAreNotAlteredWhileTheyAreRead() throws Exception {
    y.sql("UPDATE clips SET note = 'Y' WHERE id = 2");
    String hash = preview().hash();
    CompletableFuture<Rejoined> joined = new CompletableFuture<>();
    try (Connection busy = x.node.server.connect(newsroom.name);
        Statement statement = busy.createStatement()) {
      busy.setAutoCommit(false);
      statement.execute("INSERT INTO projects VALUES (50, 'in flight')");
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  joined.complete(rejoin(hash));
                } catch (Exception | AssertionError e) {
                  joined.completeExceptionally(e);
                }
              });
      Newsroom.await(
          "the slot, which waits for what is in flight",
          () ->
              joined.isDone()
                  || x.number(
                          "SELECT count(*) FROM pg_stat_activity"
                              + " WHERE query LIKE 'CREATE_REPLICATION_SLOT%' AND state = 'active'")
                      == 1);
      assertThatThrownBy(
              () ->
                  x.sql("SET lock_timeout = '100ms'", "ALTER TABLE clips ALTER note TYPE varchar"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("lock timeout");
      assertThat(x.number("SELECT count(*) FROM pg_locks WHERE relation = 'tags'::regclass"))
          .as("what nobody changed is not read")
          .isZero();
      busy.commit();
    }
    assertThat(joined.get().repaired()).isTrue();
    newsroom.awaitConfirmed(x);
    assertThat(y.number("SELECT count(*) FROM clips WHERE note = 'X'")).isEqualTo(9);
  }

  @Test
  @Tag("B-11")
  void aMainThatCameBackFromTheDeadDoesNotLoseItsTailUnseen() throws Exception {
    x.split.forgetChanges();
    y.split.forgetChanges();
    y.database.markBackup(3);
    newsroom.startReplication(x, y, 3);
    newsroom.awaitConfirmed(x);
    y.database.unsubscribe(); // X is cut off, and works on a little; then Y is made main by force
    x.sql("UPDATE clips SET note = 'tail' WHERE id = 7", "INSERT INTO tags VALUES ('tail', 'X')");
    y.database.openAsMain(4);
    y.sql("UPDATE clips SET note = 'Y' WHERE id = 8");
    x.database.markBackup(5); // it is back
    y.database.markBackup(5);
    x.split.preview(y.asMain(), Optional.empty());
    assertThat(x.split.changes()).as("while nobody is main").isEmpty();
    y.database.openAsMain(5);
    assertThatThrownBy(() -> x.split.requireApproved(y.asMain(), ""))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("--preview");
    SplitPreview preview = x.split.preview(y.asMain(), Optional.empty());
    assertThat(preview.incomplete()).isEmpty();
    assertThat(preview.tables())
        .extracting(PreviewedTable::table, PreviewedTable::overwritten)
        .contains(tuple("public.clips", 1L), tuple("public.tags", 1L));
    x.split.requireApproved(y.asMain(), preview.hash());
    y.database.publish();
    x.database.subscribe(y.asMain(), 5);
    x.database.copy(CopyPace.standard(), _ -> {});
    Newsroom.await("the copy", () -> x.database.initialSync().complete());
    assertThat(x.split.changes()).isEmpty();
    assertThat(Split.slots(x)).isZero();
    assertThat(x.number("SELECT count(*) FROM tags WHERE tag = 'tail'")).isZero();
  }

  @Test
  @Tag("B-11")
  void aPreviewInTheMidstOfASwitchLeavesTheWayBackAsItIs() throws Exception {
    x.split.forgetChanges();
    y.split.forgetChanges();
    y.database.markBackup(3);
    newsroom.startReplication(x, y, 3);
    Switchover there = new Switchover(newsroom, x, y, 4);
    there.performTo("turn");
    assertThat(preview().overwritten()).isZero();
    there.performAfter("turn");
    assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
    Switchover back = new Switchover(newsroom, y, x, 5);
    back.perform();
    assertThat(back.turned().proven()).as(back.turned().words()).isTrue();
  }

  @Test
  @Tag("B-22")
  void aPreviewInTheMidstOfASwitchAfterWhichSomeTablesAreCopiedLeavesItAsItIs() throws Exception {
    x.split.forgetChanges();
    y.split.forgetChanges();
    y.database.markBackup(3);
    newsroom.startReplication(x, y, 3);
    y.sql("SET session_replication_role = replica", "UPDATE clips SET note = '?' WHERE id = 3");
    Switchover there = new Switchover(newsroom, x, y, 4);
    there.performTo("turn");
    assertThat(there.turned().differing()).containsExactly("public.clips");
    x.database.markBackup(4);
    y.database.openAsMain(4);
    x.split.preview(y.asMain(), Optional.empty());
    assertThat(x.split.changes()).isEmpty();
    x.database.unpublish();
    assertThat(x.database.followCopyingDiffering(y.asMain(), 4)).contains("public.clips");
    Newsroom.await("the copy", () -> x.database.initialSync().complete());
  }

  private static Rejoined rejoin(String hash) throws Exception {
    y.database.markBackup(3);
    x.database.publish();
    return y.split.rejoin(x.asMain(), hash, 3);
  }
}
