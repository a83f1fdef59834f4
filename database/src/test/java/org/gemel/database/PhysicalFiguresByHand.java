package org.gemel.database;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a start from a physical copy takes beside Gemel's plain one, in one run, turn by turn,
 * until every table follows. Run by hand: {@code mvn test -pl database -am
 * -Dtest=PhysicalFiguresByHand -Dgemel.rows=5000000} (and {@code -Dgemel.rounds}), which needs
 * PostgreSQL 15 with its tools.
 */
final class PhysicalFiguresByHand {
  private static final int ROUNDS = Integer.getInteger("gemel.rounds", 3);

  private static final int ROWS = Integer.getInteger("gemel.rows", 1_000_000);

  @TempDir static Path folder;

  @Test
  void aPhysicalStartBesideThePlainOne() throws Exception {
    assumeTrue(PhysicalPair.isInstalled(), "PostgreSQL 15 is not installed");
    PhysicalPair pair = new PhysicalPair(folder, "figures");
    try {
      fill(pair.newsroom);
      List<Long> plain = new ArrayList<>();
      List<Long> physical = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        empty(pair.newsroom);
        plain.add(timed("plain", () -> gemel(pair.newsroom)));
        empty(pair.newsroom);
        physical.add(timed("physical", () -> physical(pair)));
        for (String each : pair.beside()) {
          CutOffStart.remove(pair.data().resolveSibling(each));
        }
      }
      System.out.println("FIGURE plain " + plain + ", physical " + physical + " ms");
    } finally {
      pair.servers.stop();
    }
  }

  private interface Start {
    void perform() throws Exception;
  }

  private static void physical(PhysicalPair pair) throws Exception {
    long begun = System.nanoTime();
    var _ =
        pair.start()
            .perform(
                1,
                "",
                progress ->
                    System.out.println("FIGURE " + millis(begun) + " ms: " + progress.words()));
    Newsroom.await("the sync", () -> pair.newsroom.y.database.initialSync().complete());
    pair.newsroom.awaitConfirmed(pair.newsroom.x);
  }

  private static long timed(String name, Start start) throws Exception {
    long begun = System.nanoTime();
    start.perform();
    System.out.println("FIGURE " + name + ": " + millis(begun) + " ms");
    return millis(begun);
  }

  private static long millis(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static void fill(Newsroom newsroom) throws Exception {
    newsroom.fill(10);
    String more = "ALTER TABLE assets ADD path text, ADD size bigint, ADD changed timestamptz";
    String index = "CREATE INDEX assets_project ON assets(project)";
    newsroom.y.sql(more, index);
    newsroom.x.sql(more, index);
    int portion = 250_000; // a connection of a test waits no longer than a minute
    for (int from = 1; from <= ROWS; from += portion) {
      newsroom.x.sql(
          "INSERT INTO assets(project, title, path, size, changed) SELECT n % 10 + 1, 'title ' || n,"
              + " '/media/projects/' || md5(n::text) || '/' || md5((n + 1)::text) || '.mxf',"
              + " n * 1000::bigint, timestamptz '2026-01-01' + n * interval '1 s'"
              + " FROM generate_series("
              + from
              + ", "
              + Math.min(ROWS, from + portion - 1)
              + ") n");
    }
    newsroom.x.sql("VACUUM ANALYZE");
    System.out.println(
        "FIGURE "
            + ROWS
            + " rows, "
            + newsroom.x.number("SELECT pg_total_relation_size('assets') >> 20")
            + " MB");
  }

  private static void empty(Newsroom newsroom) throws Exception {
    newsroom.y.database.unsubscribe();
    newsroom.x.database.unpublish();
    newsroom.y.sql("TRUNCATE " + String.join(", ", Newsroom.TABLES), "CHECKPOINT");
    newsroom.x.sql("CHECKPOINT");
    newsroom.x.database.publish();
  }

  private static void gemel(Newsroom newsroom) throws Exception {
    newsroom.y.database.subscribe(newsroom.x.asMain(), 1);
    newsroom.y.database.copy(CopyPace.standard(), _ -> {});
    Newsroom.await("the copy", () -> newsroom.y.database.initialSync().complete());
  }
}
