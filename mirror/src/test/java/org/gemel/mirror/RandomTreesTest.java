package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random trees, changed at random, are alike after each pass, and each pass does what its dry run
 * said.
 */
@Tag("M-54")
final class RandomTreesTest {
  private static final List<String> DEEDS =
      List.of(
          "mkdir -p $A",
          "printf '%s' $C > $A",
          "printf '%s' $C >> $A",
          "head -c $N /dev/urandom > $A",
          "ln -s $B $A",
          "ln -f $A $B",
          "mv -T $A $B",
          "rm -rf $A",
          "chmod $M $A",
          "touch -h -d @$N.123456789 $A",
          "truncate -s $N $A",
          "setfattr -n user.note -v $C $A",
          "mkdir -p $A/$C && printf x > $A/$C/file && touch -d @$N $A");

  @RepeatedTest(5)
  void arriveWhole(@TempDir Path folder) {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("RandomTreesTest: -Dgemel.seed=" + seed);
    Random random = new Random(seed);
    Trees trees = Trees.in(folder);
    MirrorRequest request =
        random.nextBoolean()
            ? trees.request()
            : trees
                .request()
                .withIndex(new MirrorIndex(folder.resolve("index"), random.nextBoolean()));
    // Never empty, or the guard would rightly refuse.
    trees.inSource("printf stays > stays");
    for (int round = 0; round < 4; round++) {
      trees.inSource(deeds(random, 60));
      if (round == 2) {
        trees.inTarget(deeds(random, 30));
      }
      List<String> plan = Trees.changes(request.withDryRun(true));
      // A file with several names is told by the one that is met first: by one thread, as planned.
      assertThat(Trees.changes(request.withStreams(1)))
          .as("seed " + seed)
          .containsExactlyInAnyOrderElementsOf(plan);
      trees.mirrorAndProve();
    }
  }

  private static String deeds(Random random, int number) {
    StringBuilder script = new StringBuilder("set +e; exec 2>/dev/null\n");
    for (int i = 0; i < number; i++) {
      script
          .append("A=")
          .append(path(random))
          .append("; B=")
          .append(path(random))
          .append("; C=c")
          .append(random.nextInt(100))
          .append("; N=")
          .append(random.nextInt(100_000))
          .append("; M=")
          .append(List.of("700", "755", "1777", "750").get(random.nextInt(4)))
          .append("; ")
          .append(DEEDS.get(random.nextInt(DEEDS.size())).replaceAll("\\$([AB])", "\"\\$$1\""))
          .append('\n');
    }
    return script.append("true\n").toString();
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder("./");
    for (int depth = random.nextInt(3); depth >= 0; depth--) {
      String name = List.of("a", "b", "'c d'", "$'e\\nf'", "$'\\xff'", "g").get(random.nextInt(6));
      path.append(name).append(depth > 0 ? "/" : "");
    }
    return path.toString();
  }
}
