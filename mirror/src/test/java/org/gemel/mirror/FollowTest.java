package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change on main is on the backup as soon as it was heard of, without a pass over the tree. */
@Tag("B-41")
class FollowTest {
  /** For a soak: -Dgemel.rounds=1000. */
  private static final int ROUNDS = Integer.getInteger("gemel.rounds", 3);

  private final Semaphore heard = new Semaphore(0);
  private Trees trees;
  private FollowSession session;
  private long moved;
  private long renamed;

  @BeforeEach
  void follow(@TempDir Path folder) {
    trees = Trees.in(folder);
    trees.inSource(
        "mkdir -p a/b big; for i in $(seq 200); do echo $i > big/f$i; done; echo x > a/b/x; echo one > one");
    session =
        new EventFollower()
            .open(trees.request(), heard::release)
            .orElseThrow(() -> new AssertionError("found no events here"));
    Assumptions.assumeTrue(session != null, "no events on this file system");
    assertThat(session.catchUp(true, MirrorListener.NONE).outcome())
        .isEqualTo(MirrorReport.Outcome.COMPLETE);
    trees.proveEqual();
  }

  @AfterEach
  void end() {
    session.close();
  }

  /** Catches up until nothing that was heard of is left. */
  private void settle() throws InterruptedException {
    do {
      heard.acquire();
      heard.drainPermits();
      MirrorReport report = session.catchUp(false, MirrorListener.NONE);
      moved += report.counts().bytesMoved();
      renamed += report.counts().renamed();
    } while (session.oldestChange().isPresent());
  }

  private void change(String script) throws InterruptedException {
    trees.inSource(script);
    // The last change of all is one that can be waited for.
    do {
      settle();
    } while (!Shell.run(trees.source(), "cat last 2>/dev/null || true")
        .equals(Shell.run(trees.target(), "cat last 2>/dev/null || true")));
  }

  @Test
  void changesOfEveryKindArrive() throws InterruptedException {
    change(
        """
        echo more >> one; rm a/b/x; mkdir -p n/e/w; echo new > n/e/w/f; ln -s f n/e/w/l; chmod 600 big/f1
        ln big/f2 big/twin; touch -d @1000 big/f3; rm big/f4; mkdir big/f4; echo in > big/f4/in; echo 1 > last
        """);
    trees.proveEqual();
  }

  @Test
  void aRenamedFolderMovesNoContent() throws InterruptedException {
    change("mv big large; mv one uno; printf 1 > last");
    trees.proveEqual();
    assertThat(renamed).isEqualTo(2);
    assertThat(moved).isEqualTo(1);
  }

  @Test
  void whatIsExcludedIsNotOverwrittenByARename() throws InterruptedException {
    session.close();
    session =
        new EventFollower()
            .open(
                trees.request().withFilters(FilterRules.of(List.of("*.bak"), List.of())),
                heard::release)
            .orElseThrow();
    var unused = session.catchUp(true, MirrorListener.NONE);
    trees.inTarget("echo own > one.bak");
    change("mv one one.bak; printf 1 > last");
    assertThat(Shell.run(trees.target(), "cat one.bak; ls one 2>&1 || true"))
        .startsWith("own")
        .contains("No such file");
  }

  @Test
  void namesThatAreSwappedAndHandedOnEndRight() throws InterruptedException {
    change(
        "mv one t; mv big/f1 one; mv t big/f1; mv a/b b; mv a b/a; mv big a2; mv b big; printf 1 > last");
    trees.proveEqual();
  }

  @Test
  void manyRandomChangesEndEqual() throws InterruptedException {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("FollowTest: -Dgemel.seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder script = new StringBuilder("set +e; exec 2>/dev/null\n");
      for (int i = 0; i < 80; i++) {
        String a = path(random);
        String b = path(random);
        script.append(
            switch (random.nextInt(8)) {
              case 0 -> "mkdir -p " + a;
              case 1 -> "rm -rf " + a;
              case 2 -> "mv -T " + a + " " + b;
              case 3 -> "ln -sfn x " + a;
              case 4 -> "chmod 7" + random.nextInt(8) + "0 " + a;
              case 5 -> "cp -r " + a + " " + b;
              default -> "echo " + random.nextInt(1000) + " >> " + a;
            });
        script.append('\n');
      }
      change(script + "echo " + round + " > last");
      trees.proveEqual();
    }
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder("./");
    for (int depth = random.nextInt(3); depth >= 0; depth--) {
      path.append("pqrst".charAt(random.nextInt(5))).append(depth > 0 ? "/" : "");
    }
    return path.toString();
  }
}
