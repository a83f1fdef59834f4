package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 anywhere in a pass leaves old or new content under every name, and the next pass puts all
 * right.
 */
@Tag("M-54")
final class KilledPassTest {
  private static final int KILLS = Integer.getInteger("gemel.kills", 10);
  private static final String SUMS =
      "find . -type f ! -path '*/.gemel-tmp-*' -print0 | xargs -0 -r sha256sum";

  @Test
  void leavesNoTornFileAndTheNextPassConverges(@TempDir Path folder) throws Exception {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("KilledPassTest: -Dgemel.seed=" + seed);
    Random random = new Random(seed);
    Trees trees = Trees.in(folder);
    trees.inSource(
        "mkdir d; for i in $(seq 40); do head -c $((i*40000)) /dev/urandom > d/f$i; done");
    trees.mirrorAndProve();
    int killed = 0;
    long swept = 0;
    for (int round = 0; round < KILLS; round++) {
      Map<String, String> before = sums(trees.source());
      trees.inSource(
          """
          for i in $(seq 10); do n=$((RANDOM%%40+1)); head -c $((RANDOM*100)) /dev/urandom > d/f$n; done
          rm -f d/f%d; mkdir -p new%d; for i in $(seq 5); do head -c 2000000 /dev/urandom > new%d/g$i; done
          """
              .formatted(random.nextInt(40) + 1, round, round));
      Map<String, String> after = sums(trees.source());
      Process child = ChildPass.start(java.util.List.of(), trees);
      killed += ChildPass.killAfter(child, random.nextInt(14), random.nextInt(4_000_000)) ? 1 : 0;
      sums(trees.target())
          .forEach(
              (name, sum) ->
                  assertThat(known(name, before, after))
                      .as("seed %d: %s holds neither its old nor its new content", seed, name)
                      .contains(sum));
      swept += trees.mirror().counts().swept();
      assertThat(Shell.run(trees.target(), "find . -name '.gemel-*'")).isEmpty();
      trees.proveEqual();
    }
    System.out.println("killed " + killed + " of " + KILLS + " passes, swept " + swept);
    assertThat(killed).isPositive();
  }

  private static Set<String> known(
      String name, Map<String, String> before, Map<String, String> after) {
    Set<String> known = new HashSet<>();
    known.add(String.valueOf(before.get(name)));
    known.add(String.valueOf(after.get(name)));
    return known;
  }

  private static Map<String, String> sums(Path tree) {
    Map<String, String> sums = new HashMap<>();
    Shell.run(tree, SUMS)
        .lines()
        .forEach(line -> sums.put(line.substring(66), line.substring(0, 64)));
    return sums;
  }
}
