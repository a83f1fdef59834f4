package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.gemel.mirror.LargeFileStates.Way;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.proof.InMemory;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Wherever a pass that brings a large file dies, or one of its calls fails: the name shows the old
 * content or the new one (of a file that grows, a beginning of the new one; of a file that is
 * patched in place, nothing), and the next pass makes it right and leaves nothing behind. All
 * calls: {@code -Dgemel.test.points=all}; otherwise some, beginning at one drawn.
 */
@Tag("M-54")
final class InterruptedLargeFileTest {
  private static final List<Integer> ERRORS = List.of(5, 28, 24, 122);

  private final Path folder;
  private final boolean all = "all".equals(System.getProperty("gemel.test.points"));
  private final long seed = Long.getLong("gemel.seed", System.nanoTime());
  private final Random random = new Random(seed);

  InterruptedLargeFileTest(@TempDir(factory = InMemory.class) Path folder) {
    this.folder = folder;
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    System.out.println("InterruptedLargeFileTest: -Dgemel.seed=" + seed);
  }

  @ParameterizedTest
  @EnumSource
  void diesAnywhere(Way way) throws Exception {
    LargeFileStates states = new LargeFileStates(folder, way);
    int killed = 0;
    int before;
    int point = first();
    do {
      before = killed;
      for (int direction = 0; direction < 2; direction++) {
        states.change();
        killed += diesAt(states, point) ? 1 : 0;
      }
      point += step();
    } while (killed > before);
    System.out.println(way + ": killed passes: " + killed);
    assertThat(killed).isGreaterThan(3);
  }

  private int first() {
    return 1 + random.nextInt(step());
  }

  private int step() {
    return all ? 1 : 13;
  }

  private static boolean diesAt(LargeFileStates states, long point) {
    InterposedKernel kernel =
        InterposedKernel.install(
            call -> call.number() == point ? new Answer.Death() : Answer.TRUTH);
    try (kernel) {
      states.mirror();
    } catch (Throwable dead) {
      assertThat(kernel.died()).as("killed before call " + point + ": " + dead).isTrue();
    }
    String when = "killed before call " + point;
    states.proveWhole(when);
    states.complete(when);
    return kernel.died();
  }

  @ParameterizedTest
  @EnumSource
  void aCallFailsAnywhere(Way way) throws Exception {
    LargeFileStates states = new LargeFileStates(folder, way);
    long calls = 0;
    for (int direction = 0; direction < 2; direction++) {
      states.change();
      calls = Math.max(calls, callsOfUndisturbed(states));
    }
    for (int point = first(); point <= calls; point += step()) {
      for (int direction = 0; direction < 2; direction++) {
        states.change();
        failsAt(states, point);
      }
    }
    assertThat(calls).isGreaterThan(3);
  }

  private static long callsOfUndisturbed(LargeFileStates states) {
    try (InterposedKernel kernel = InterposedKernel.install(_ -> Answer.TRUTH)) {
      states.complete("undisturbed");
      return kernel.calls();
    }
  }

  private void failsAt(LargeFileStates states, long point) {
    int errno = ERRORS.get(random.nextInt(ERRORS.size()));
    String when = "errno " + errno + " at call " + point;
    try (InterposedKernel _ =
        InterposedKernel.install(
            call -> call.number() == point ? new Answer.Failing(errno) : Answer.TRUTH)) {
      MirrorReport report = states.mirror();
      assertThat(report.outcome() != Outcome.COMPLETE || states.isThere())
          .as("%s: %s", when, report)
          .isTrue();
    }
    states.proveWhole(when);
    states.complete(when);
  }
}
