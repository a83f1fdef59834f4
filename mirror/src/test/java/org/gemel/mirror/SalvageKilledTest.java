package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 anywhere in a salvaging pass loses no content that the target had. */
@Tag("B-13")
final class SalvageKilledTest {
  private static final int KILLS = Integer.getInteger("gemel.kills", 8);
  private static final String SUMS =
      "find . -type f ! -name '.gemel-tmp-*' -print0 | xargs -0 -r sha256sum | cut -c1-64";

  @Test
  void losesNothingThatWasThere(@TempDir Path folder) throws Exception {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("SalvageKilledTest: -Dgemel.seed=" + seed);
    Random random = new Random(seed);
    Trees trees = Trees.in(folder);
    trees.inSource("mkdir d; for i in $(seq 30); do echo $RANDOM $i 0 > d/f$i; done; touch k");
    trees.mirrorAndProve();
    int killed = 0;
    for (int round = 1; round <= KILLS; round++) {
      Set<String> before = sums(trees.target());
      trees.inSource(
          """
          for i in $(seq 20); do echo $RANDOM $i ROUND > d/f$i; done
          rm -rf old*; rm -f d/f2?; mkdir -p oldROUND/e
          for i in $(seq 20); do echo $RANDOM o$i ROUND > oldROUND/e/g$i; done
          for i in $(seq 21 29); do echo $RANDOM $i ROUND > d/f$i; done
          """
              .replace("ROUND", Integer.toString(round)));
      Process child = ChildPass.start(java.util.List.of(), trees, DeletePolicy.SALVAGE);
      killed += ChildPass.killAfter(child, random.nextInt(60), random.nextInt(3_000_000)) ? 1 : 0;
      assertThat(sums(trees.target())).as("seed %d, killed", seed).containsAll(before);
      before = sums(trees.target());
      MirrorReport report =
          TreeMirror.run(
              trees.request().withDeletes(DeletePolicy.SALVAGE).withSafety(roomy()),
              MirrorListener.NONE);
      assertThat(report.outcome()).isEqualTo(MirrorReport.Outcome.COMPLETE);
      assertThat(sums(trees.target())).as("seed %d, after it", seed).containsAll(before);
      trees.proveEqual();
    }
    System.out.println("killed " + killed + " of " + KILLS + " passes");
    assertThat(killed).isPositive();
  }

  private static PassSafety roomy() {
    return PassSafety.DEFAULT.withSalvage(
        new SalvageLimits(
            VolumeShare.percent(100), java.time.Duration.ofDays(30), VolumeShare.percent(0)));
  }

  private static Set<String> sums(Path tree) {
    return Shell.run(tree, SUMS).lines().collect(Collectors.toSet());
  }
}
