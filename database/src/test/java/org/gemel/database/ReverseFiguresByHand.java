package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the acts of a switch take as a database grows, beside a copy and a comparison of all
 * rows. Run by hand: {@code mvn test -pl database -am -Dtest=ReverseFiguresByHand}.
 */
final class ReverseFiguresByHand {
  @TempDir static Path folder;

  @Test
  void aSwitchOfGrowingDatabases() throws Exception {
    Servers servers = new Servers(folder);
    try {
      for (int rows : List.of(100_000, 1_000_000, 5_000_000)) {
        measure(new Newsroom(servers, "rows" + rows), rows);
      }
    } finally {
      servers.stop();
    }
  }

  private static void measure(Newsroom newsroom, int rows) throws Exception {
    newsroom.fill(rows);
    newsroom.x.sql("CHECKPOINT", "ANALYZE");
    long begun = System.nanoTime();
    newsroom.startReplication(newsroom.x, newsroom.y, 1);
    StringBuilder line = new StringBuilder(rows + " rows: copying start " + since(begun) + " ms");
    begun = System.nanoTime();
    y(newsroom)
        .compare(newsroom.x.asMain(), ComparisonPace.standard(), _ -> {})
        .forEach(t -> assertThat(t.differing()).isZero());
    line.append(", all rows compared ").append(since(begun)).append(" ms\n");
    Newsroom.Side from = newsroom.x;
    Newsroom.Side to = newsroom.y;
    for (int round = 0; round < 4; round++) {
      Switchover switchover = new Switchover(newsroom, from, to, round + 2);
      long all = System.nanoTime();
      line.append("  switch:");
      for (Switchover.Act act : switchover.acts) {
        begun = System.nanoTime();
        act.doing().perform();
        line.append(' ').append(act).append(' ').append(since(begun));
      }
      line.append(", together ").append(since(all)).append(" ms\n");
      assertThat(switchover.turned().proven()).as(switchover.turned().words()).isTrue();
      Newsroom.Side other = from;
      from = to;
      to = other;
      newsroom.awaitConfirmed(from);
    }
    System.out.print("FIGURE " + line.toString().replace("\n  ", "\nFIGURE "));
    newsroom.y.database.unsubscribe();
    newsroom.x.database.unsubscribe();
    newsroom.x.database.unpublish();
    newsroom.y.database.unpublish();
  }

  private static DatabaseServer y(Newsroom newsroom) {
    return newsroom.y.database;
  }

  private static long since(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
