package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
  @Test
  void leavesEveryNameWholeAndTheNextPassConverges(
      @TempDir(factory = InMemory.class) Path folder) throws Exception {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    TwoStates states = new TwoStates(folder);
    Points points = Points.ofProperty("KilledAtEveryCallTest", 9);
    int killed = 0;
    int inARow = 0;
    for (long point = points.first(); inARow < 2; point = points.after(point)) {
      if (diesAt(states, point, killed % 2 == 1)) {
        killed++;
        inARow = 0;
      } else {
        // Both ways have to have come to their ends.
        inARow++;
      }
      states.next();
    }
    System.out.println("killed passes: " + killed);
    assertThat(killed).isGreaterThan(20);
    assertThat(states.sourcesUntouched()).as("nothing but the target was changed").isTrue();
  }

  /** Lets a pass die, judges what it left, and lets the next one run; false if it lived. */
  private static boolean diesAt(TwoStates states, long point, boolean after) throws Exception {
    String when = "killed " + (after ? "after" : "before") + " call " + point;
    InterposedKernel kernel =
        InterposedKernel.install(
            call -> call.number() == point ? new Answer.Death(after) : Answer.TRUTH);
    try (kernel) {
      states.mirror();
    } catch (Throwable dead) {
      assertThat(kernel.died()).as(when + ": " + dead).isTrue();
    }
    Snapshot left = Snapshot.of(states.target());
    assertThat(new Wholeness(states.before(), states.wanted()).violations(left)).as(when).isEmpty();
    var report = states.mirror();
    assertThat(report.outcome()).as("%s: %s", when, report).isEqualTo(Outcome.COMPLETE);
    assertThat(states.missing()).as(when).isEmpty();
    assertThat(Snapshot.of(states.target()).temporaries()).as(when).isEmpty();
    return kernel.died();
  }
}
