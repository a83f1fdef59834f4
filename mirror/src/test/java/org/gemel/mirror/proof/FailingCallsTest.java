package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Predicate;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.gemel.mirror.system.KernelCall;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever call fails, and however often: no name is torn, what failed is named, all else is done,
 * "complete" is said of equal trees only, and the next pass makes all right. All calls with all
 * errors: {@code -Dgemel.test.points=all}.
 */
@Tag("M-54")
final class FailingCallsTest {
  private static final int EIO = 5;
  private static final int EACCES = 13;
  private static final int EMFILE = 24;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;
  private static final int EDQUOT = 122;
  private static final int[] ERRORS = {ENOSPC, EIO, EMFILE, EDQUOT, EROFS, EACCES};

  private final Path folder;
  private TwoStates states;
  private FaultyPass pass;
  private final boolean all = "all".equals(System.getProperty("gemel.test.points"));

  FailingCallsTest(@TempDir(factory = InMemory.class) Path folder) throws Exception {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    this.folder = folder;
    with(new TwoStates(folder, false));
  }

  private void with(TwoStates wanted) {
    states = wanted;
    pass = new FaultyPass(wanted);
  }

  @Test
  void aCallThatFailsOnceCostsOnlyWhatItWasAbout() throws Exception {
    failAtEachPoint();
  }

  @Test
  void theSameHoldsForPassesThatRemember() throws Exception {
    with(new TwoStates(Files.createDirectory(folder.resolve("remembered")), true));
    failAtEachPoint();
  }

  private void failAtEachPoint() throws Exception {
    Points points = Points.ofProperty("FailingCallsTest", 37);
    long calls = pass.calls();
    int turn = 0;
    for (long at = points.first(); at <= calls; at += points.step()) {
      for (int i = 0; i < (all ? 2 * ERRORS.length : 2); i++) {
        int errno = ERRORS[all ? i / 2 : turn++ % ERRORS.length];
        long point = at;
        fail(errno, point, call -> call.number() == point);
      }
    }
    assertThat(states.sourcesUntouched()).isTrue();
  }

  @Test
  void aDiskThatIsFullFromSomeCallOnLeavesNothingTorn() throws Exception {
    Path target = states.target();
    failOnFromSomeCall(ENOSPC, call -> call.takesSpace() && call.isIn(target));
  }

  @Test
  void aTargetThatTurnsReadOnlyLeavesNothingTorn() throws Exception {
    Path target = states.target();
    failOnFromSomeCall(EROFS, call -> call.changes() && call.isIn(target));
  }

  @Test
  void aSourceThatBreaksDownLeavesNothingTorn() throws Exception {
    Path target = states.target();
    failOnFromSomeCall(EIO, call -> !call.isIn(target));
  }

  @Test
  void noDescriptorsLeftLeavesNothingTorn() throws Exception {
    failOnFromSomeCall(EMFILE, KernelCall::opens);
  }

  @Test
  void readsAndWritesThatComeShortOnlyTakeLonger() throws Exception {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("FailingCallsTest: -Dgemel.seed=" + seed);
    for (int round = 0; round < 4; round++) {
      int most = 1 + new Random(seed + round).nextInt(20_000);
      MirrorReport report = pass.run(_ -> new Answer.Piece(most));
      assertThat(report.outcome()).as("%d: %s", most, report).isEqualTo(Outcome.COMPLETE);
      assertThat(states.missing()).as("at most " + most).isEmpty();
      states.next();
    }
  }

  private void failOnFromSomeCall(int errno, Predicate<KernelCall> which) throws Exception {
    Points points = Points.ofProperty("FailingCallsTest", 160, 20);
    long calls = pass.calls();
    for (long at = points.first(); at <= calls; at += points.step()) {
      long first = at;
      for (int way = 0; way < 2; way++) {
        fail(errno, first, call -> call.number() >= first && which.test(call));
      }
    }
    assertThat(states.sourcesUntouched()).isTrue();
  }

  private void fail(int errno, long first, Predicate<KernelCall> which) throws Exception {
    pass.runAndJudge(
        "errno " + errno + " at call " + first,
        call -> which.test(call) ? new Answer.Failing(errno) : Answer.TRUTH);
  }
}
