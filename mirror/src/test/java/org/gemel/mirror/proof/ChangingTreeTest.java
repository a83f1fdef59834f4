package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.gemel.mirror.MirrorIndex;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.Trees;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passes run one after the other while the source is changed in every way there is. Once it is
 * quiet, one more pass makes the trees alike. Passes of every second and third seed remember, with
 * trust or without. More of it: {@code -Dgemel.test.seeds=100}; one again: {@code
 * -Dgemel.seed=...}.
 */
@Tag("M-54")
final class ChangingTreeTest {
  private static final int SEEDS = Integer.getInteger("gemel.test.seeds", 3);
  private static final int DEEDS_IN_QUIET = 150;
  private static final int PASSES_IN_UNREST = 8;
  private static final int DEEDS_A_PASS = 60;

  private final Path folder;
  private Trees trees;
  private MirrorRequest request;
  private RandomDeeds deeds;
  private long seed;

  ChangingTreeTest(@TempDir(factory = InMemory.class) Path folder) {
    this.folder = folder;
  }

  @Test
  void whatPeopleChangeWhileItIsMirroredArrivesWithTheFirstQuietPass() throws Exception {
    for (int i = 0; i < SEEDS; i++) {
      begin(i);
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger done = new AtomicInteger();
      Thread people =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!over.get()) {
                      deeds.one();
                      done.incrementAndGet();
                    }
                  });
      try {
        for (int pass = 0; pass < PASSES_IN_UNREST; pass++) {
          int before = done.get();
          passInUnrest();
          while (people.isAlive() && done.get() < before + DEEDS_A_PASS) {
            Thread.onSpinWait();
          }
        }
      } finally {
        over.set(true);
        people.join();
      }
      proveQuiet();
    }
  }

  @Test
  void whatChangesBetweenAnyTwoCallsArrivesWithTheFirstQuietPass() throws Exception {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    for (int i = 0; i < SEEDS; i++) {
      begin(i);
      Random random = new Random(seed + 1);
      for (int pass = 0; pass < PASSES_IN_UNREST; pass++) {
        int oneIn = 2 + random.nextInt(40);
        try (InterposedKernel _ =
            InterposedKernel.install(
                _ -> {
                  if (random.nextInt(oneIn) == 0) {
                    deeds.one();
                  }
                  return Answer.TRUTH;
                })) {
          passInUnrest();
        }
      }
      proveQuiet();
    }
  }

  private void begin(int round) throws Exception {
    seed = Long.getLong("gemel.seed", System.nanoTime());
    Path place = Files.createTempDirectory(folder, "seed");
    trees = Trees.in(place);
    request = trees.request();
    if (round % 3 > 0) {
      request = request.withIndex(new MirrorIndex(place.resolve("index"), round % 3 == 1));
    }
    System.out.println("ChangingTreeTest: -Dgemel.seed=" + seed + ", index " + request.index());
    deeds = new RandomDeeds(trees.source(), new Random(seed));
    for (int i = 0; i < DEEDS_IN_QUIET; i++) {
      deeds.one();
    }
  }

  private void passInUnrest() {
    MirrorReport report = TreeMirror.run(request, MirrorListener.NONE);
    assertThat(report.outcome())
        .as("seed %d: %s", seed, report)
        .isIn(Outcome.COMPLETE, Outcome.INCOMPLETE);
  }

  private void proveQuiet() throws Exception {
    MirrorReport report = TreeMirror.run(request, MirrorListener.NONE);
    assertThat(report.outcome()).as("seed %d: %s", seed, report).isEqualTo(Outcome.COMPLETE);
    Judge.proveAlike(trees.source(), trees.target(), "seed " + seed);
    assertThat(TreeMirror.run(request, MirrorListener.NONE).counts().changedAnything())
        .as("seed %d: a pass after it finds nothing to do", seed)
        .isFalse();
  }
}
