package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What at a switch speaks against both sides being equal, and what is done then. */
final class EqualityTest extends ReversedNewsroom {
  @Test
  @Tag("B-22")
  @Tag("M-21")
  void aRowThatDiffersIsNamedAndNothingIsTouchedUntilACopyIsOrdered() throws Exception {
    y.sql(
        "SET session_replication_role = replica",
        "UPDATE assets SET title = 'title 1?' WHERE id = 17");
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("openAsMain");
    assertThat(there.turned().proven()).isFalse();
    assertThat(there.turned().words()).contains("public.assets (17) differs");
    List<String> places = x.places(500);
    assertThatThrownBy(() -> x.database.follow(y.asMain(), 2))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("public.assets (17) differs")
        .hasMessageContaining("with a copy, which overwrites this database");
    assertThat(x.places(500)).isEqualTo(places);
    assertThat(there.turned().differing()).containsExactly("public.assets");
    newsroom.startReplication(y, x, 2);
    newsroom.awaitConfirmed(y);
    assertThat(x.checksums()).isEqualTo(y.checksums());
  }

  @Test
  @Tag("B-22")
  void ofALargeTableTheNewestRowsAreComparedAndOfSmallOnesAll() throws Exception {
    x.sql(
        "INSERT INTO assets(project, title) SELECT 1, 'new ' || n FROM generate_series(1, 3000) n");
    newsroom.awaitConfirmed(x);
    y.sql(
        "SET session_replication_role = replica",
        "UPDATE assets SET title = 'bent' WHERE id = 3300",
        "DELETE FROM projects WHERE id = 9");
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("turn");
    assertThat(there.turned().words())
        .contains("public.assets (3300) differs", "public.projects (9) is on main only");
    x.database.unpublish();
    x.database.openAsMain(2);
    newsroom.startReplication(x, y, 2);
    there = new Switchover(newsroom, x, y, 3);
    there.performTo("turn");
    assertThat(there.turned().words()).contains("2011 rows of 4 of 4 tables compared");
  }

  @Test
  @Tag("B-22")
  void aSubscriptionAlteredByHandProvesNothing() throws Exception {
    String subscription = "ALTER SUBSCRIPTION " + Names.of("Newsroom " + newsroom.name);
    assertThat(y.database.foreseeTurn(x.asMain())).isEmpty();
    y.sql(subscription + " DISABLE", subscription + " ENABLE");
    assertThat(y.database.foreseeTurn(x.asMain()))
        .singleElement()
        .asString()
        .contains("altered by hand");
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("turn");
    assertThat(there.turned().words()).contains("altered by hand");
    assertThat(there.turned().proven()).isFalse();
  }

  @Test
  @Tag("B-22")
  void aChangeThatFoundNoRowProvesThatBothWereNotEqual() throws Exception {
    y.assumeRelease(18, "counts conflicts");
    String replica = "SET session_replication_role = replica";
    y.sql(replica, "DELETE FROM projects WHERE id = 3");
    x.sql("UPDATE projects SET name = 'renamed' WHERE id = 3");
    newsroom.awaitConfirmed(x);
    y.sql(replica, "INSERT INTO projects VALUES (3, 'renamed')"); // looks equal now
    assertThat(y.checksums()).isEqualTo(x.checksums());
    Newsroom.await(
        "the conflict to be counted",
        () -> y.number("SELECT confl_update_missing FROM pg_stat_subscription_stats") > 0);
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("turn");
    assertThat(there.turned().proven()).isFalse();
    assertThat(there.turned().words()).contains("1 changes found rows here that were missing");
  }

  @Test
  @Tag("B-22")
  void aChangeThatFoundNoRowIsForgivenWhereAComparisonFoundAllEqualSince() throws Exception {
    y.assumeRelease(18, "counts conflicts");
    y.sql("SET session_replication_role = replica", "DELETE FROM projects WHERE id = 3");
    x.sql("UPDATE projects SET name = name WHERE id = 3");
    newsroom.awaitConfirmed(x);
    y.sql("SET session_replication_role = replica", "INSERT INTO projects VALUES (3, 'project 3')");
    Newsroom.await(
        "the conflict to be counted",
        () -> y.number("SELECT confl_update_missing FROM pg_stat_subscription_stats") > 0);
    var _ = y.database.compare(x.asMain(), ComparisonPace.standard(), _ -> {});
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("turn");
    assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
  }

  @Test
  @Tag("B-22")
  void aTableDroppedAndMadeAgainOnMainProvesNothing() throws Exception {
    for (Newsroom.Side side : List.of(x, y)) {
      side.sql("CREATE TABLE renewed(id int PRIMARY KEY)");
    }
    try {
      newsroom.startReplication(x, y, 1);
      String publication = Names.of("Newsroom " + newsroom.name);
      x.sql(
          "DROP TABLE renewed",
          "CREATE TABLE renewed(id int PRIMARY KEY)",
          "INSERT INTO renewed VALUES (1)", // on no offer, so never sent
          "DELETE FROM renewed",
          "ALTER PUBLICATION " + publication + " ADD TABLE renewed");
      Switchover there = new Switchover(newsroom, x, y, 2);
      there.performTo("turn");
      assertThat(there.turned().proven()).isFalse();
      assertThat(there.turned().words()).contains("publication on main was altered");
    } finally {
      x.sql("DROP TABLE renewed");
      y.sql("DROP TABLE renewed");
    }
  }

  @Test
  @Tag("B-22")
  void aTableThatMainDoesNotSendWholeIsNamed() throws Exception {
    x.assumeRelease(15, "sends some rows only");
    String publication = Names.of("Newsroom " + newsroom.name);
    x.sql(
        "ALTER PUBLICATION " + publication + " SET (publish = 'insert, update, delete')",
        "ALTER PUBLICATION " + publication + " DROP TABLE compositions",
        "ALTER PUBLICATION " + publication + " DROP TABLE assets",
        "ALTER PUBLICATION " + publication + " ADD TABLE assets WHERE (id > 3)");
    Switchover there = new Switchover(newsroom, x, y, 2);
    there.performTo("turn");
    assertThat(there.turned().proven()).isFalse();
    assertThat(there.turned().words())
        .contains("[public.compositions]", "[TRUNCATE]", "some rows or columns only");
  }

  @Test
  @Tag("B-22")
  void aTableThatDoesNotFollowProvesNothing() throws Exception {
    for (Newsroom.Side side : List.of(x, y)) {
      side.sql("CREATE TABLE later(id int PRIMARY KEY)");
    }
    try {
      Switchover there = new Switchover(newsroom, x, y, 2);
      there.performTo("turn");
      assertThat(there.turned().proven()).isFalse();
      assertThat(there.turned().words()).contains("do not follow: [public.later]");
    } finally {
      x.sql("DROP TABLE later");
      y.sql("DROP TABLE later");
    }
  }
}
