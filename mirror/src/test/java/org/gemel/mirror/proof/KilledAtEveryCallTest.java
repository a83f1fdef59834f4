package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies before or after any of its system calls leaves every name whole, and the next
 * pass makes all right and leaves nothing behind. All calls: {@code -Dgemel.test.points=all};
 * otherwise some, beginning at one drawn.
 */
@Tag("M-54")
final class KilledAtEveryCallTest {
  private final Path folder;

  KilledAtEveryCallTest(@TempDir(factory = InMemory.class) Path folder) {
    this.folder = folder;
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
  }

  @Test
  void leavesEveryNameWholeAndTheNextPassConverges() throws Exception {
    killAtEachPoint(new TwoStates(folder, false));
  }

  @Test
  void theSameHoldsForPassesThatRemember() throws Exception {
    killAtEachPoint(new TwoStates(folder, true));
  }

  private static void killAtEachPoint(TwoStates states) throws Exception {
    Points points = Points.ofProperty("KilledAtEveryCallTest", 37);
    int killed = 0;
    int before;
    long point = points.first();
    do {
      before = killed;
      for (int way = 0; way < 2; way++) {
        killed += diesAt(states, point) ? 1 : 0;
        states.next();
      }
      point = points.after(point);
    } while (killed > before);
    System.out.println("killed passes: " + killed);
    assertThat(killed).isGreaterThan(20);
    assertThat(states.sourcesUntouched()).as("nothing but the target was changed").isTrue();
  }

  @Test
  void theSameHoldsForProcessesThatAreReallyKilled() throws Exception {
    TwoStates states = new TwoStates(folder, true);
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("KilledAtEveryCallTest: -Dgemel.seed=" + seed);
    Random random = new Random(seed);
    int calls = (int) new FaultyPass(states).calls();
    int processes = "all".equals(System.getProperty("gemel.test.points")) ? 60 : 4;
    int killed = 0;
    for (int i = 0; i < processes; i++) {
      int point = 1 + random.nextInt(calls);
      killed += DyingPass.diesAt(states, point) ? 1 : 0;
      proveWholeAndGoOn(states, "killed for good before call " + point);
      states.next();
    }
    assertThat(killed).isPositive();
    assertThat(states.sourcesUntouched()).as("nothing but the target was changed").isTrue();
  }

  /** Lets a pass die, judges what it left, and lets the next one run; false if it lived. */
  private static boolean diesAt(TwoStates states, long point) throws Exception {
    String when = "killed before call " + point;
    InterposedKernel kernel =
        InterposedKernel.install(
            call -> call.number() == point ? new Answer.Death() : Answer.TRUTH);
    try (kernel) {
      states.mirror();
    } catch (Throwable dead) {
      assertThat(kernel.died()).as(when + ": " + dead).isTrue();
    }
    proveWholeAndGoOn(states, when);
    return kernel.died();
  }

  private static void proveWholeAndGoOn(TwoStates states, String when) throws Exception {
    Snapshot left = Snapshot.of(states.target());
    assertThat(new Wholeness(states.before(), states.wanted()).violations(left)).as(when).isEmpty();
    var report = states.mirror();
    assertThat(report.outcome()).as("%s: %s", when, report).isEqualTo(Outcome.COMPLETE);
    assertThat(states.missing()).as(when).isEmpty();
    assertThat(Snapshot.of(states.target()).temporaries()).as(when).isEmpty();
  }
}
