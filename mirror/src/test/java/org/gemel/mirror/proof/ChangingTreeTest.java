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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passes run one after the other while the source is changed in every way there is. Once it is
 * quiet, one more pass makes the trees alike. Every other seed has an index, trusted or not. More of it: {@code -Dgemel.test.seeds=100}; one
 * again: {@code -Dgemel.seed=...}.
 */
@Tag("M-54")
final class ChangingTreeTest {
  private static final int SEEDS = Integer.getInteger("gemel.test.seeds", 2);
  private static final int DEEDS_IN_QUIET = 150;
  private static final int PASSES_IN_UNREST = 8;
  private static final int DEEDS_A_PASS = 60;

  @Test
  void whatChangesWhileItIsMirroredArrivesWithTheFirstQuietPass(@TempDir Path folder)
      throws Exception {
    for (int i = 0; i < SEEDS; i++) {
      long seed = Long.getLong("gemel.seed", System.nanoTime());
      System.out.println("ChangingTreeTest: -Dgemel.seed=" + seed);
      Trees trees = Trees.in(Files.createDirectory(folder.resolve("seed" + i)));
      MirrorRequest plain = trees.request();
      MirrorIndex index = new MirrorIndex(folder.resolve("index" + i), i % 4 == 1);
      unrest(trees, i % 2 == 0 ? plain : plain.withIndex(index), seed);
    }
  }

  private static void unrest(Trees trees, MirrorRequest request, long seed) throws Exception {
    RandomDeeds deeds = new RandomDeeds(trees.source(), new Random(seed));
    for (int i = 0; i < DEEDS_IN_QUIET; i++) {
      deeds.one();
    }
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
      for (int i = 0; i < PASSES_IN_UNREST; i++) {
        int before = done.get();
        MirrorReport report = TreeMirror.run(request, MirrorListener.NONE);
        assertThat(report.outcome())
            .as("seed %d: %s", seed, report)
            .isIn(Outcome.COMPLETE, Outcome.INCOMPLETE);
        while (people.isAlive() && done.get() < before + DEEDS_A_PASS) {
          Thread.onSpinWait();
        }
      }
    } finally {
      over.set(true);
      people.join();
    }
    assertThat(done.get()).as("deeds during the passes").isGreaterThan(PASSES_IN_UNREST);
    MirrorReport report = TreeMirror.run(request, MirrorListener.NONE);
    assertThat(report.outcome()).as("seed %d: %s", seed, report).isEqualTo(Outcome.COMPLETE);
    Judge.proveAlike(trees.source(), trees.target(), "seed " + seed);
    assertThat(TreeMirror.run(request, MirrorListener.NONE).counts().changedAnything())
        .as("seed %d: a pass after it finds nothing to do", seed)
        .isFalse();
  }
}
