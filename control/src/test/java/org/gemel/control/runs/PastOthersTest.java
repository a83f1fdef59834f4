package org.gemel.control.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.gemel.control.api.Principal;
import org.gemel.control.api.RunState;
import org.gemel.control.api.StepState;
import org.gemel.control.fake.FakeNasHeads;
import org.gemel.control.steps.Catalogue;
import org.gemel.control.steps.Specs;
import org.gemel.core.Side;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.MemoryLedger;
import org.gemel.wire.protocol.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Steps that do not wait for the one that acts, nor keep others waiting. */
final class PastOthersTest {
  private static final Principal ADA = new Principal("ada", true);
  private static final RunEngine.Patience SHORT =
      new RunEngine.Patience(
          Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofMillis(20), Thread::sleep);
  private static final Outcome DONE =
      Outcome.newBuilder().setDone(true).setWords("It was done.").build();

  private final Ledger ledger = new MemoryLedger();
  private final FakeNasHeads heads = new FakeNasHeads();

  private final class Control implements AutoCloseable {
    private final Semaphore changed = new Semaphore(0);
    private final RunJournal journal = new RunJournal(ledger, () -> {});
    private final RunEngine engine =
        new RunEngine(journal, heads, heads, SHORT, Catalogue::step, changed::release);
    private final RunControls controls =
        new RunControls(journal, engine, Workflows.builtIn(), heads);

    private Control() {
      engine.start();
    }

    String operate(StepSpec spec) {
      return controls.operate(ADA, "", spec).id();
    }

    RunDocument await(String run, RunState state) {
      Instant end = Instant.now().plusSeconds(60);
      RunDocument now = journal.read(run).orElseThrow();
      while (now.state() != state && Instant.now().isBefore(end)) {
        try {
          changed.tryAcquire(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        now = journal.read(run).orElseThrow();
      }
      assertThat(now.state()).as(now.words()).isEqualTo(state);
      return now;
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  @Test
  @Tag("M-55")
  void aPauseDoesNotWaitForAPassThatTakesHours() throws Exception {
    CountDownLatch passBegun = new CountDownLatch(1);
    CountDownLatch paused = new CountDownLatch(1);
    heads.says(Side.X, mirror -> mirror.setRunning(true));
    heads.answers(
        (device, command) -> {
          if (command.hasRunFolderPass()) {
            passBegun.countDown();
            paused.await();
          }
          if (command.hasPauseFolders()) {
            heads.says(Side.X, mirror -> mirror.setPausedSinceMilliseconds(1));
          }
          return DONE;
        });
    try (Control control = new Control()) {
      String pass = control.operate(Specs.of("run-folder-pass", "from", "X"));
      passBegun.await();
      String pause = control.operate(Specs.of("pause-folders", "from", "X"));
      RunDocument done = control.await(pause, RunState.FINISHED);
      assertThat(done.steps().getFirst().words()).contains("It was done.").contains("paused");
      assertThat(control.journal.read(pass).orElseThrow().steps().getFirst().state())
          .isEqualTo(StepState.BEGUN);
      paused.countDown();
      control.await(pass, RunState.FINISHED);
    }
  }

  @Test
  @Tag("B-01")
  void oneThatACrashInterruptedKeepsNobodyWaitingAfterIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    heads.answers(
        (device, command) -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return DONE;
        });
    String verify;
    try (Control control = new Control()) {
      verify = control.operate(Specs.of("verify-folders", "from", "X"));
      begun.await();
    }
    heads.answers((device, command) -> DONE);
    try (Control control = new Control()) {
      control.await(verify, RunState.FINISHED);
      control.await(control.operate(Specs.of("run-folder-pass", "from", "X")), RunState.FINISHED);
    }
  }
}
