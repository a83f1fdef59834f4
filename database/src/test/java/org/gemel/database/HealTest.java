package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Main's definitions are altered while a backup follows. */
@Tag("M-40")
class HealTest {
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
    newsroom.fill(20);
    for (Newsroom.Side side : List.of(x, y)) {
      side.sql(
          "CREATE TABLE spare(id int PRIMARY KEY, body text)",
          "CREATE TABLE lists(project int REFERENCES projects, id int PRIMARY KEY)");
    }
    x.sql("INSERT INTO spare VALUES (1, 'one'), (2, 'two')", "INSERT INTO lists VALUES (1, 1)");
    newsroom.startReplication(x, y, 1);
    newsroom.awaitConfirmed(x);
  }

  private void heal() throws Exception {
    Set<String> anew = healing().begin(x.asMain(), 1).anew();
    x.database.publish(anew);
    healing().alter(x.asMain(), anew, 1);
    x.database.publish();
    healing().follow(x.asMain(), 1);
    Newsroom.await("the copy of what is new", () -> y.database.initialSync().complete());
  }

  private BackupHealing healing() {
    return new BackupHealing(newsroom.settings(y.node));
  }

  private HealPlan plan() throws Exception {
    return healing().plan(x.asMain());
  }

  private void assertEqual() throws Exception {
    newsroom.awaitConfirmed(x);
    assertThat(y.database.definitions()).isEqualTo(x.database.definitions());
    assertThat(y.database.compare(x.asMain(), ComparisonPace.standard(), _ -> {}))
        .allSatisfy(table -> assertThat(table.differing()).isZero());
    assertThat(plan().isNothing()).as(plan().toString()).isTrue();
  }

  @Test
  @Tag("B-22")
  void whateverMainAltersComesOverWhileClientsWorkAndASwitchNeedsNoCopyAfterwards()
      throws Exception {
    try (Writers writers = new Writers(List.of(x), 1, 1)) {
      Newsroom.await("writers at work", () -> writers.acknowledged().size() > 20);
      x.sql(
          "ALTER TABLE assets ADD COLUMN mood text NOT NULL DEFAULT 'calm'",
          "ALTER TABLE assets ALTER COLUMN mood SET DEFAULT 'wild'", // old rows stay calm
          "ALTER TABLE projects RENAME COLUMN name TO \"the Title\"",
          "CREATE TYPE kind AS ENUM ('a', 'b')",
          "CREATE TABLE notes(id serial PRIMARY KEY, kind kind, body text)",
          "INSERT INTO notes(kind, body) VALUES ('b', 'new')",
          "CREATE INDEX ON notes(body)",
          "INSERT INTO spare VALUES (3, 'the last')",
          "DROP TABLE spare");
      assertThat(y.database.definitions()).isNotEqualTo(x.database.definitions());
      assertThat(plan().anew())
          .containsExactlyInAnyOrder("public.assets", "public.projects", "public.notes");
      assertThat(plan().undecided()).isEmpty();
      int before = writers.acknowledged().size();
      heal();
      Newsroom.await("they go on", () -> writers.acknowledged().size() > before + 20);
    }
    assertEqual();
    assertThat(y.number("SELECT count(*) FROM assets WHERE mood = 'calm'")).isGreaterThan(20);
    Switchover switchover = new Switchover(newsroom, x, y, 2);
    switchover.perform();
    assertThat(switchover.turned().proven()).as(switchover.turned().words()).isTrue();
  }

  @Test
  void aTableMadeAnewIsCopiedAgainThoughItLooksTheSame() throws Exception {
    x.sql(
        "DROP TABLE spare",
        "CREATE TABLE spare(id int PRIMARY KEY, body text)",
        "INSERT INTO spare VALUES (1, 'another')");
    assertThat(y.database.definitions()).isEqualTo(x.database.definitions());
    assertThat(plan().anew()).containsExactly("public.spare");
    assertThat(plan().commands()).isEmpty();
    heal();
    assertEqual();
    // Whoever has already offered it again has not brought its rows back.
    x.sql(
        "DROP TABLE spare",
        "CREATE TABLE spare(id int PRIMARY KEY, body text)",
        "INSERT INTO spare VALUES (1, 'a third')");
    x.database.publish();
    assertThat(plan().anew()).containsExactly("public.spare");
    heal();
    assertEqual();
  }

  @Test
  void cutOffAnywhereItIsBegunAgainAndGoesToItsEnd() throws Exception {
    x.sql(
        "ALTER TABLE lists ADD COLUMN place int DEFAULT 7",
        "ALTER TABLE spare ALTER COLUMN body TYPE varchar(99)");
    Set<String> anew = healing().plan(x.asMain()).anew();
    assertThat(anew).containsExactlyInAnyOrder("public.lists", "public.spare");
    assertThatThrownBy(() -> healing().alter(x.asMain(), anew, 1))
        .hasMessageContaining("main offering [public.lists, public.spare]");
    assertThat(y.number("SELECT count(*) FROM spare")).as("nothing was emptied").isEqualTo(2);
    x.database.publish(anew);
    assertThat(plan().anew()).isEqualTo(anew);
    healing().alter(x.asMain(), anew, 1);
    healing().alter(x.asMain(), anew, 1);
    assertThat(plan().anew()).as("alike by now, and empty").isEqualTo(anew);
    assertThatThrownBy(() -> healing().follow(x.asMain(), 1)).hasMessageContaining("main offering");
    x.database.publish();
    assertThat(plan().anew()).isEqualTo(anew);
    y.database.unsubscribe();
    assertThatThrownBy(() -> y.database.openAsMain(2)).hasMessageContaining("part of a copy");
    newsroom.startReplication(x, y, 2);
    assertEqual();
  }

  @Test
  void aMigrationThatMainTookBackKeepsNobodyWaiting() throws Exception {
    x.sql(
        "ALTER TABLE spare ADD COLUMN \"the Mood\" text",
        "INSERT INTO spare VALUES (3, 'three', 'wild')",
        "ALTER TABLE spare DROP COLUMN \"the Mood\"",
        "ALTER TABLE lists RENAME COLUMN project TO p",
        "INSERT INTO lists VALUES (2, 2)",
        "ALTER TABLE lists RENAME COLUMN p TO project",
        "INSERT INTO assets(project, title) VALUES (1, 'waits behind them')");
    assertThat(y.database.definitions()).isEqualTo(x.database.definitions());
    Newsroom.await(
        "the worker at its end",
        () -> Files.readString(y.node.log()).contains("missing replicated column: \"the Mood\""));
    assertThat(plan().anew()).containsExactlyInAnyOrder("public.spare", "public.lists");
    heal();
    assertEqual();
    assertThat(y.number("SELECT count(*) FROM assets WHERE title = 'waits behind them'"))
        .isEqualTo(1);
    assertThat(x.number("SELECT count(*) FROM pg_replication_slots WHERE temporary")).isZero();
  }

  @Test
  void aColumnMadeAnewUnderItsOldNameIsCopiedAgain() throws Exception {
    x.sql("ALTER TABLE spare DROP COLUMN body", "ALTER TABLE spare ADD COLUMN body text");
    assertThat(y.database.definitions()).isEqualTo(x.database.definitions());
    assertThat(y.number("SELECT count(body) FROM spare")).isEqualTo(2);
    assertThat(plan().anew()).containsExactly("public.spare");
    assertThat(plan().commands()).isEmpty();
    heal();
    assertThat(y.number("SELECT count(body) FROM spare")).isZero();
    assertEqual();
  }

  @Test
  void whatAnEarlierReleaseNotedIsNoReasonToCopyAgain() throws Exception {
    y.sql(
        "UPDATE gemel.following SET offer ="
            + " regexp_replace(offer, '^(\\d+ \\d+ \\d+):[0-9a-f]+ ', '\\1 ', 'gn')");
    assertThat(plan().isNothing()).as(plan().toString()).isTrue();
    Switchover switchover = new Switchover(newsroom, x, y, 2);
    switchover.perform();
    assertThat(switchover.turned().proven()).as(switchover.turned().words()).isTrue();
  }

  @Test
  void aTableThatNumbersItsRowsItselfComesOver() throws Exception {
    x.sql("CREATE TABLE \"Num\"(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text)");
    x.sql("INSERT INTO \"Num\"(v) VALUES ('a')");
    assertThat(plan().undecided()).isEmpty();
    heal();
    assertEqual();
  }

  @Test
  void whatWasAlteredInThePublicationItselfNeedsAWholeCopy() throws Exception {
    String publication = Names.of("Newsroom " + newsroom.name);
    x.sql("ALTER PUBLICATION " + publication + " SET (publish = 'insert')");
    x.sql(
        "ALTER PUBLICATION " + publication + " SET (publish = 'insert, update, delete, truncate')");
    assertThatThrownBy(this::plan)
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("publication on main altered");
    y.database.unsubscribe();
    assertThatThrownBy(this::plan).hasMessageContaining("following nothing");
  }
}
