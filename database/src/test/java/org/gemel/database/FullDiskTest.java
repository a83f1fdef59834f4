package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk fills up under either server. */
@NullUnmarked // fields are set before each test, not by a constructor
@Tag("M-40")
final class FullDiskTest {
  private static final CopyPace PACE = new CopyPace(2, 1_000_000);

  @TempDir static Path folder;
  private static Servers servers;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
  }

  @AfterAll
  static void stopServers() throws Exception {
    System.out.println(Files.readString(servers.x.log()));
    System.out.println("=====Y");
    System.out.println(Files.readString(servers.y.log()));
    servers.stop();
  }

  private static Path data(Servers.Node node) {
    return node.server.dataFolder();
  }

  @Test
  @Tag("M-11")
  void aCopyThatFillsTheBackupsDiskSaysSoAndGoesOnWhenThereIsRoom() throws Exception {
    Path space = Files.createDirectory(data(servers.y).resolveSibling("space"));
    try (SmallDisk disk = SmallDisk.over(space, 20, Files.getOwner(data(servers.y)))) {
      Newsroom newsroom = new Newsroom(servers, "full");
      Newsroom.Side x = newsroom.x;
      Newsroom.Side y = newsroom.y;
      servers.y.sql(
          "postgres",
          "CREATE TABLESPACE small LOCATION " + Sql.literal(space.toString()),
          "ALTER DATABASE \"full\" SET TABLESPACE small");
      newsroom.fill(150_000);
      x.database.publish();
      y.database.subscribe(x.asMain(), 1);
      assertThatThrownBy(() -> y.database.copy(PACE, _ -> {}))
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageContaining("No space left on device");
      assertThat(y.online().replication().words()).contains("cut off");
      assertThat(x.number("SELECT count(*) FROM assets")).isEqualTo(150_000);
      x.writeAsset("main works on");

      disk.growTo(200);
      y.database.copy(PACE, _ -> {});
      Newsroom.await("the copy", () -> y.database.initialSync().complete());
      newsroom.awaitConfirmed(x);
      assertThat(y.checksums()).isEqualTo(x.checksums());
      y.database.unsubscribe();
      x.database.unpublish();
      servers.y.sql("postgres", "DROP DATABASE \"full\"", "DROP TABLESPACE small");
    }
  }
}
