package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of main's log fills up, since that is kept for a backup that is away. Takes over a
 * minute, most of it the server's own recovery; run with {@code -Dtest=FullLogByHand}, as root.
 */
@NullUnmarked // the folder is set before the test, not by a constructor
final class FullLogByHand {
  @TempDir Path folder;

  @Test
  void nothingThatMainAcknowledgedIsLostWhereItsLogFillsTheDisk() throws Exception {
    Servers servers = new Servers(folder);
    Newsroom newsroom = new Newsroom(servers, "log");
    Newsroom.Side x = newsroom.x;
    Newsroom.Side y = newsroom.y;
    newsroom.fill(100);
    newsroom.startReplication(x, y, 1);
    servers.x.stop();
    Path log = servers.x.server.dataFolder().resolve("pg_wal");
    Path kept = log.resolveSibling("pg_wal.before");
    SmallDisk.run(List.of("cp", "-a", log.toString(), kept.toString()));
    try (SmallDisk disk = SmallDisk.over(log, 100, Files.getOwner(servers.x.server.dataFolder()))) {
      SmallDisk.run(List.of("cp", "-a", kept + "/.", log.toString()));
      servers.x.start();
      Newsroom.await("Y to follow", () -> y.online().replication() instanceof Replication.Backup);
      servers.y.stop(); // and main keeps its log for it
      Set<String> acknowledged;
      try (Writers writers = new Writers(List.of(x), 1, 0)) {
        Newsroom.await("rows", () -> writers.acknowledged().size() > 20);
        assertThatThrownBy(
                () ->
                    x.sql(
                        """
                        DO $$ BEGIN FOR n IN 1..2000 LOOP
                          PERFORM pg_logical_emit_message(false, 'fill', repeat('x', 100000));
                        END LOOP; END $$"""))
            .as("the server ends, as it must where it can promise nothing any more")
            .isInstanceOf(SQLException.class);
        acknowledged = writers.acknowledged();
      }
      disk.growTo(400);
      servers.x.start();
      servers.y.start();
      x.writeAsset("after");
      newsroom.awaitConfirmed(x);
      assertThat(new HashSet<>(y.list("SELECT title FROM assets", row -> row.getString(1))))
          .containsAll(acknowledged)
          .contains("after");
      servers.x.stop();
    }
    servers.y.stop();
  }
}
