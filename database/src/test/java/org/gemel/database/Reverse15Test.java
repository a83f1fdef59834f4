package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gemel.database.preview.SplitPreview;
import org.gemel.postgres.PostgresBinaries;
import org.gemel.postgres.PostgresSettings;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The replication turns round between servers of two releases, where the older one is installed.
 */
@NullUnmarked // fields are set before the tests, not by a constructor
@Tag("B-22")
final class Reverse15Test {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15");

  @TempDir static Path folder;
  private static Servers servers;

  @BeforeAll
  static void startServers() throws Exception {
    assumeTrue(
        Files.isExecutable(PROGRAMS.resolve("bin/initdb")),
        "PostgreSQL 15 is not installed in " + PROGRAMS);
    servers =
        new Servers(
            new Servers.Node(
                folder.resolve("x"),
                PostgresBinaries.installed(PROGRAMS),
                PostgresSettings.standard().without("max_active_replication_origins")),
            new Servers.Node(folder.resolve("y")));
  }

  @AfterAll
  static void stopServers() throws Exception {
    if (servers != null) {
      servers.stop();
    }
  }

  @Test
  @Tag("M-40")
  void anOlderMainFollowsANewerOneWithoutACopyAndIsFollowedAgain() throws Exception {
    Newsroom newsroom = new Newsroom(servers, "two releases");
    newsroom.fill(300);
    newsroom.startReplication(newsroom.x, newsroom.y, 1);
    List<String> places = newsroom.x.places(300);
    Switchover there = new Switchover(newsroom, newsroom.x, newsroom.y, 2);
    there.perform();
    assertThat(there.turned().proven()).as(there.turned().words()).isTrue();
    newsroom.y.writeAsset("on the newer one");
    newsroom.awaitConfirmed(newsroom.y);
    assertThat(newsroom.x.checksums()).isEqualTo(newsroom.y.checksums());
    assertThat(newsroom.x.database.compare(newsroom.y.asMain(), ComparisonPace.standard(), _ -> {}))
        .hasSize(4)
        .allSatisfy(t -> assertThat(t.differing()).isZero());

    Switchover back = new Switchover(newsroom, newsroom.y, newsroom.x, 3);
    back.perform();
    assertThat(back.turned().proven()).as(back.turned().words()).isTrue();
    newsroom.x.writeAsset("on the older one again");
    newsroom.awaitConfirmed(newsroom.x);
    assertThat(newsroom.y.checksums()).isEqualTo(newsroom.x.checksums());
    assertThat(newsroom.x.places(300)).isEqualTo(places);

    newsroom.y.sql("SET session_replication_role = replica", "DELETE FROM assets WHERE id = 250");
    Switchover refused = new Switchover(newsroom, newsroom.x, newsroom.y, 4);
    refused.performTo("turn");
    assertThat(refused.turned().words()).contains("public.assets (250) is on main only");
  }

  @Test
  @Tag("B-11")
  void sidesOfTwoReleasesPartAndAreJoinedAgainEitherWay() throws Exception {
    Newsroom newsroom = new Newsroom(servers, "parted releases");
    newsroom.fill(300);
    newsroom.startReplication(newsroom.x, newsroom.y, 1);
    List<String> places = newsroom.x.places(300);
    Split.part(newsroom);
    write(newsroom);
    joined(newsroom, newsroom.x, newsroom.y, 3);

    Split.part(newsroom, 4);
    write(newsroom);
    joined(newsroom, newsroom.y, newsroom.x, 5);
    assertThat(newsroom.x.places(300)).isEqualTo(places);
  }

  private static void write(Newsroom newsroom) throws Exception {
    newsroom.x.sql("UPDATE projects SET name = 'X' WHERE id < 4", "DELETE FROM compositions");
    newsroom.x.writeAsset("on X");
    newsroom.y.sql("UPDATE projects SET name = 'Y' WHERE id IN (3, 4)");
    newsroom.y.writeAsset("on Y");
    newsroom.y.writeAsset("on Y too");
  }

  private static void joined(Newsroom newsroom, Newsroom.Side main, Newsroom.Side other, long epoch)
      throws Exception {
    SplitPreview preview = other.split.preview(main.asMain(), Optional.empty());
    assertThat(preview.overwritten()).as(preview.toString()).isBetween(2L, 4L);
    other.database.markBackup(epoch);
    main.database.publish();
    Rejoined joined = other.split.rejoin(main.asMain(), preview.hash(), epoch);
    assertThat(joined.repaired()).as(joined.words()).isTrue();
    main.split.forgetChanges();
    newsroom.awaitConfirmed(main);
    assertThat(other.checksums()).isEqualTo(main.checksums());
  }
}
