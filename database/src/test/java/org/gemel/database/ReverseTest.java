package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The replication turns round at a switch, and copies nothing. */
final class ReverseTest extends ReversedNewsroom {
  private static void assertNothingLeftOver(Newsroom.Side side) throws Exception {
    assertThat(
            side.number(
                "SELECT (SELECT count(*) FROM pg_replication_slots)"
                    + " + (SELECT count(*) FROM pg_publication)"
                    + " + (SELECT count(*) FROM pg_subscription)"
                    + " + (SELECT count(*) FROM pg_replication_origin)"))
        .isZero();
  }

  @Test
  @Tag("B-22")
  @Tag("M-40")
  @Tag("M-34")
  void aSwitchThereAndBackUnderFireCopiesNothingAndLosesNothing() throws Exception {
    List<String> placesOnX = x.places(500);
    List<String> placesOnY;
    try (Writers writers = new Writers(List.of(x, y), 2, 2)) {
      awaitRows(writers, 100);
      assertThat(y.database.foreseeTurn(x.asMain())).isEmpty();
      Switchover there = new Switchover(newsroom, x, y, 2);
      there.perform();
      assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
      assertThat(x.database.initialSync().complete()).isTrue(); // at once
      placesOnY = y.places(500);
      awaitRows(writers, 100);
      Switchover back = new Switchover(newsroom, y, x, 3);
      for (Switchover.Act act : back.acts) { // everything twice
        act.doing().perform();
        act.doing().perform();
      }
      awaitRows(writers, 100);
      x.database.hold(Duration.ofMillis(300));
      newsroom.awaitConfirmed(x);
      HashSet<String> titles =
          new HashSet<>(x.list("SELECT title FROM assets", row -> row.getString(1)));
      assertThat(titles).containsAll(writers.acknowledged());
    }
    assertThat(y.checksums()).isEqualTo(x.checksums());
    assertThat(x.places(500)).isEqualTo(placesOnX);
    assertThat(y.places(500)).isEqualTo(placesOnY);
    assertThat(x.number("SELECT nextval('assets_id_seq') - max(id) FROM assets")).isPositive();
    y.database.unsubscribe();
    x.database.unpublish();
    assertNothingLeftOver(x);
    assertNothingLeftOver(y);
  }

  @Test
  @Tag("B-22")
  void aTableThatIsLeftOutByNameMayDifferAndStaysAsItIs() throws Exception {
    Newsroom other = new Newsroom(servers, "left out", List.of("public.scratch"));
    other.fill(50);
    other.x.sql("CREATE TABLE scratch(id int)", "INSERT INTO scratch VALUES (1)");
    other.y.sql("CREATE TABLE scratch(id int, note text)", "INSERT INTO scratch VALUES (2)");
    other.startReplication(other.x, other.y, 1);

    Switchover there = new Switchover(other, other.x, other.y, 2);
    there.perform();

    assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
    other.y.writeAsset("after the switch");
    other.awaitConfirmed(other.y);
    assertThat(other.x.checksums()).isEqualTo(other.y.checksums());
    assertThat(other.x.number("SELECT id FROM scratch")).isEqualTo(1);
    assertThat(other.y.number("SELECT id FROM scratch")).isEqualTo(2);
    other.x.database.unsubscribe();
    other.y.database.unpublish();
  }

  private static void awaitRows(Writers writers, int more) throws Exception {
    int before = writers.acknowledged().size();
    Newsroom.await("rows under way", () -> writers.acknowledged().size() > before + more);
  }

  @Test
  @Tag("B-22")
  void theSideThatWillBeFollowedSaysWhatItKeeps() throws Exception {
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("openAsMain");
    assertThat(there.turned().words())
        .contains("everything main had", "all 4 tables follow", "compared");
    assertThat(y.online().replication())
        .isInstanceOfSatisfying(
            Replication.None.class,
            n -> assertThat(n.words()).contains("may follow without a copy"));
    // Rows of hours may lie between the opening and the way back.
    y.writeAsset("written before anybody follows");
    y.sql("TRUNCATE compositions", "DELETE FROM assets WHERE id = 7");
    assertThat(x.database.follow(y.asMain(), 2)).contains("everything main had");
    newsroom.awaitConfirmed(y);
    assertThat(x.checksums()).isEqualTo(y.checksums());
    assertThat(x.database.follow(y.asMain(), 2)).contains("everything main had"); // once more
    assertThat(y.number("SELECT count(*) FROM gemel.follower")).isOne();
  }

  @Test
  @Tag("B-22")
  @Tag("M-40")
  void aBackupThatLacksRowsOfAHeldMainGoesOnFollowing() throws Exception {
    y.sql("ALTER SUBSCRIPTION " + Names.of("Newsroom " + newsroom.name) + " DISABLE");
    x.writeAsset("not there yet");
    x.database.hold(Duration.ZERO);
    x.database.lastPosition();
    assertThatThrownBy(() -> y.database.turn(x.asMain()))
        .isInstanceOfSatisfying(
            DatabaseFailure.class,
            f -> assertThat(f.kind()).isEqualTo(DatabaseFailure.Kind.UNFINISHED))
        .hasMessageContaining("of main's last position");
    assertThat(y.number("SELECT count(*) FROM pg_subscription")).isEqualTo(1);
  }

  @Test
  @Tag("B-22")
  void aNewMainWhosePublicationWasAlteredIsNotFollowedFrom() throws Exception {
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("openAsMain");
    String publication = Names.of("Newsroom " + newsroom.name);
    y.sql(
        "ALTER PUBLICATION " + publication + " DROP TABLE assets",
        "ALTER PUBLICATION " + publication + " ADD TABLE assets");
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 2))
        .hasMessageContaining("publication on main altered")
        .hasMessageContaining("with a copy");
  }

  @Test
  @Tag("B-22")
  @Tag("M-20")
  void aSlotThatCannotBeMadeDoesNotHoldUpTheSwitch() throws Exception {
    String slot = "'" + Names.of("Newsroom " + newsroom.name) + "'";
    // A slot's name is taken on the whole server.
    y.node.sql("postgres", "SELECT pg_create_logical_replication_slot(" + slot + ", 'pgoutput')");
    try {
      Switchover there = new Switchover(newsroom, x, y, 2);
      there.performTo("openAsMain");
      assertThat(there.turned().proven()).isFalse();
      assertThat(there.turned().words()).contains("no log could be kept", "already exists");
    } finally {
      y.node.sql("postgres", "SELECT pg_drop_replication_slot(" + slot + ")");
    }
  }

  @Test
  @Tag("B-22")
  void whatASuperuserWroteOnTheHeldSideIsNoticed() throws Exception {
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("openAsMain");
    long before = x.number("SELECT sum(n_tup_upd) FROM pg_stat_user_tables");
    x.sql("UPDATE projects SET name = 'by the back door' WHERE id = 1");
    Newsroom.await(
        "the write to be counted",
        () -> x.number("SELECT sum(n_tup_upd) FROM pg_stat_user_tables") > before);
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 2))
        .hasMessageContaining("1 rows written here, by a superuser");
  }

  @Test
  @Tag("B-22")
  void countersSetBackOnTheHeldSideProveNothing() throws Exception {
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("openAsMain");
    long before = x.number("SELECT sum(n_tup_ins) FROM pg_stat_user_tables");
    x.sql("SELECT pg_stat_reset_single_table_counters('projects'::regclass)");
    Newsroom.await(
        "the counters to be set back",
        () -> x.number("SELECT sum(n_tup_ins) FROM pg_stat_user_tables") < before);
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 2)).hasMessageContaining("set back");
  }

  @Test
  @Tag("M-20")
  void aSlotThatNobodyNotedIsDroppedWhereASideBecomesBackup() throws Exception {
    String slot = "'" + Names.of("Newsroom " + newsroom.name) + "'";
    String leave = "SELECT pg_create_logical_replication_slot(" + slot + ", 'pgoutput')";
    y.sql(leave);
    newsroom.startReplication(x, y, 1);
    assertThat(y.number("SELECT count(*) FROM pg_replication_slots")).isZero();
    y.sql(leave);
    y.database.unsubscribe();
    assertThat(y.number("SELECT count(*) FROM pg_replication_slots")).isZero();
  }

  @Test
  @Tag("B-22")
  @Tag("M-20")
  void aSwitchTakenBackLeavesNoSlotAndProvesNothingLater() throws Exception {
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("unpublish");
    y.database.markBackup(3); // as opening X again does first
    x.database.openAsMain(3);
    assertNothingLeftOver(y);
    x.writeAsset("after the switch was taken back");
    x.database.markBackup(4);
    y.database.openAsMain(4);
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 4)).hasMessageContaining("no note");
  }

  @Test
  @Tag("B-22")
  void aSideOpenedInBetweenIsNotFollowedFrom() throws Exception {
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("unpublish");
    x.database.openAsMain(2);
    x.writeAsset("only here");
    x.database.markBackup(2);
    y.database.openAsMain(2);
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 2))
        .hasMessageContaining("opened or changed since");
    x.database.lastPosition(); // another one, so another token
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 2))
        .hasMessageContaining("opened or changed since");
    y.database.unpublish();
    assertNothingLeftOver(y);
  }

  @Test
  @Tag("B-22")
  void aSlotThatIsGoneOrWasReadIsNotFollowedFrom() throws Exception {
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("openAsMain");
    y.writeAsset("lost with the slot");
    String slot = "'" + Names.of("Newsroom " + newsroom.name) + "'";
    y.sql("SELECT pg_replication_slot_advance(" + slot + ", pg_current_wal_lsn())");
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 2)).hasMessageContaining("read up to");
    y.sql("SELECT pg_drop_replication_slot(" + slot + ")");
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 2)).hasMessageContaining("gone");
  }
}
