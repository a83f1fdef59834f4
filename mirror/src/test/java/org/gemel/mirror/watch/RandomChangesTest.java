package org.gemel.mirror.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever follows the hints, and looks nowhere else, ends with the tree as it is. */
final class RandomChangesTest {
  private final Path tree;
  private final Path outside;

  RandomChangesTest(@TempDir Path folder) throws Exception {
    this.tree = Files.createDirectory(folder.resolve("tree"));
    this.outside = Files.createDirectory(folder.resolve("outside"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FANOTIFY", "INOTIFY"})
  void areCoveredByHintsAfterwards(Method.Way way) throws Exception {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("RandomChangesTest: -Dgemel.seed=" + seed);
    RandomDeeds deeds = new RandomDeeds(tree, outside, new Random(seed));
    deeds.run(200);
    try (Watched watched = Watched.open(tree, way)) {
      FollowedTree followed = new FollowedTree(watched.root());
      for (int round = 0; round < 25; round++) {
        deeds.run(1 + 4 * round);
        watched.untilNow(followed::follow);
        followed.proveEqual("seed " + seed + " round " + round);
      }
      System.out.println(way + " carried by renames: " + followed.carried());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FANOTIFY", "INOTIFY"})
  void areCoveredByHintsWhileTheyAreMade(Method.Way way) throws Exception {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("RandomChangesTest: -Dgemel.seed=" + seed);
    RandomDeeds deeds = new RandomDeeds(tree, outside, new Random(seed));
    deeds.run(200);
    try (Watched watched = Watched.open(tree, way)) {
      FollowedTree followed = new FollowedTree(watched.root());
      for (int round = 0; round < 8; round++) {
        Thread worker = new Thread(() -> deeds.run(150));
        worker.start();
        while (worker.isAlive()) {
          followed.follow(watched.feed.await(Duration.ofMillis(1)));
        }
        watched.untilNow(followed::follow);
        followed.proveEqual("seed " + seed + " round " + round);
      }
      System.out.println(way + " carried by renames: " + followed.carried());
    }
  }
}
