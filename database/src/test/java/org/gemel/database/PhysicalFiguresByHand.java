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

  @TempDir static Path folder;

  @Test
  void aPhysicalStartBesideThePlainOne() throws Exception {
    assumeTrue(PhysicalPair.isInstalled(), "PostgreSQL 15 is not installed");
    PhysicalPair pair = new PhysicalPair(folder, "figures");
    try {
      CopyFiguresByHand.fill(pair.newsroom);
      List<Long> plain = new ArrayList<>();
      List<Long> physical = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        CopyFiguresByHand.empty(pair.newsroom);
        plain.add(timed("plain", () -> CopyFiguresByHand.gemel(pair.newsroom)));
        CopyFiguresByHand.empty(pair.newsroom);
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
}
