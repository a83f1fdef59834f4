package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.Shell;
import org.gemel.mirror.Trees;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody with the right to write to the target swaps its folders and files for links to what is
 * none of a mirror's business, in a race with passes that create, change and delete. What the links
 * lead to is not touched: not its content, names, modes and times, and not the time of the last
 * change that nobody can set.
 */
@Tag("M-54")
final class SwappingAttackerTest {
  private static final int PASSES = Integer.getInteger("gemel.test.passes", 8);
  private static final int FOLDERS = 8;
  private static final String CONTENT =
      "mkdir sub gone; echo v > sub/deep; echo v > gone/x; for f in 1 2 3 4; do echo victim > f$f; done";

  private final Trees trees;
  private final Path victim;
  private final Snapshot before;
  private final Attacker attacker;

  SwappingAttackerTest(@TempDir(factory = InMemory.class) Path folder) throws Exception {
    trees = Trees.in(folder);
    Shell.run(folder, "mkdir victim den; cd victim; " + CONTENT);
    trees.inSource(
        "for d in $(seq " + FOLDERS + "); do mkdir d$d; (cd d$d; " + CONTENT + "); done");
    victim = folder.resolve("victim");
    before = Snapshot.of(victim);
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("SwappingAttackerTest: -Dgemel.seed=" + seed);
    attacker = new Attacker(preys(trees), victim, folder.resolve("den"), new Random(seed));
  }

  @Test
  void anAttackerWhoRacesWithThePassesReachesNothingThroughThem() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread race =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!over.get()) {
                    attacker.strike();
                  }
                });
    try {
      passes();
    } finally {
      over.set(true);
      race.join();
    }
    proveVictimUntouched();
  }

  @Test
  void anAttackerWhoStrikesBetweenAnyTwoCallsReachesNothingEither() throws Exception {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    try (InterposedKernel _ =
        InterposedKernel.install(
            _ -> {
              attacker.strike();
              return Answer.TRUTH;
            })) {
      passes();
    }
    proveVictimUntouched();
  }

  private void passes() {
    long failed = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      trees.inSource(changes(pass));
      MirrorReport report = trees.mirror();
      assertThat(report.outcome()).isIn(Outcome.COMPLETE, Outcome.INCOMPLETE);
      failed += report.counts().failed();
    }
    System.out.println("swaps: " + attacker.swaps() + ", entries that failed meanwhile: " + failed);
    assertThat(attacker.swaps()).isGreaterThan(PASSES);
  }

  private void proveVictimUntouched() throws Exception {
    assertThat(Snapshot.of(victim)).isEqualTo(before);
    trees.mirrorAndProve();
    assertThat(Snapshot.of(victim)).isEqualTo(before);
  }

  private static List<Path> preys(Trees trees) {
    List<Path> preys = new ArrayList<>();
    for (int d = 1; d <= FOLDERS; d++) {
      Path folder = trees.target().resolve("d" + d);
      preys.addAll(List.of(folder, folder.resolve("sub"), folder.resolve("f1")));
      preys.addAll(List.of(folder, folder.resolve("gone"), folder.resolve("f2")));
    }
    return preys;
  }

  /** In each folder something new, changed, of another mode and time, and something less. */
  private static String changes(int pass) {
    return """
        for d in d*; do
          echo %1$d > $d/f1; chmod $((600 + %1$d %% 2 * 44)) $d/f2; touch -d @%1$d00 $d/f3 $d/sub $d
          echo %1$d > $d/sub/deep; rm -rf $d/new* $d/gone; mkdir -p $d/new%1$d/a; echo n > $d/new%1$d/a/n
          if [ $((%1$d %% 2)) = 0 ]; then rm $d/f4; else mkdir $d/gone; echo v > $d/gone/x; echo v > $d/f4; fi
        done
        """
        .formatted(pass);
  }
}
