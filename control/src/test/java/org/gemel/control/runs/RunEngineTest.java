package org.gemel.control.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.gemel.control.api.Principal;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.RunRequest;
import org.gemel.control.api.RunState;
import org.gemel.control.api.StepAct;
import org.gemel.control.api.StepState;
import org.gemel.control.steps.Catalogue;
import org.gemel.control.steps.Specs;
import org.gemel.core.Side;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.MemoryLedger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs against a facility in memory, with the control point ended at every place where it can be.
 */
final class RunEngineTest {
  private static final Principal ADA = new Principal("ada", true);
  // Long against what a loaded machine may need, short against a person's patience.
  private static final RunEngine.Patience SHORT =
      new RunEngine.Patience(
          Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofMillis(20), Thread::sleep);

  @BeforeAll
  static void aKilledControlPointSaysNothing() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) -> {
          if (!(error instanceof SimulatedFacility.Killed)) {
            error.printStackTrace();
          }
        });
  }

  private final Ledger ledger = new MemoryLedger();
  private final SimulatedFacility facility = new SimulatedFacility();

  /** One life of a control point. */
  private final class Control implements AutoCloseable {
    final RunJournal journal;
    final RunEngine engine;
    final RunControls controls;

    private final Semaphore changed = new Semaphore(0);

    Control(Runnable afterEntry) {
      facility.controlPointStarted();
      journal = new RunJournal(ledger, afterEntry);
      engine = new RunEngine(journal, facility, facility, SHORT, Catalogue::step, changed::release);
      controls = new RunControls(journal, engine, Workflows.builtIn(), facility);
      engine.start();
    }

    RunDocument await(String run, RunState state) {
      return await(run, r -> r.state() == state);
    }

    void awaitNext(String run, String key) {
      await(run, r -> r.state() == RunState.WAITING && r.next().orElseThrow().key().equals(key));
    }

    void awaitStep(String run, String key, StepState state) {
      await(run, r -> r.step(key).state() == state);
    }

    RunDocument await(String run, Predicate<RunDocument> condition) {
      Instant patientUntil = Instant.now().plusSeconds(60);
      RunDocument now = journal.read(run).orElseThrow();
      while (!condition.test(now) && Instant.now().isBefore(patientUntil)) {
        try {
          changed.tryAcquire(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        now = journal.read(run).orElseThrow();
      }
      assertThat(now).as(now.words() + "\n" + now.steps()).matches(condition);
      return now;
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private static RunRequest automatic(String workflow, @Nullable String confirm) {
    return new RunRequest(workflow, true, true, confirm);
  }

  private RunDocument run(String workflow, @Nullable String confirm) {
    try (Control control = new Control(() -> {})) {
      RunDocument run = control.controls.start(ADA, automatic(workflow, confirm));
      return control.await(run.id(), RunState.FINISHED);
    }
  }

  @Test
  @Tag("M-34")
  @Tag("B-03")
  void aSwitchGoesThereAndBackAndEveryStepIsProven() {
    facility.clientsWork();
    String before = facility.truth();

    RunDocument there = run("switch-x-to-y", "X");
    assertThat(there.steps()).allMatch(s -> s.state() == StepState.DONE);
    assertThat(facility.truth())
        .contains("Y open=true")
        .contains("X open=false")
        .contains("folders=Y");
    assertThat(facility.rows(Side.Y)).isEqualTo(facility.rows(Side.X)).isEqualTo(101);
    assertThat(facility.files(Side.Y)).isEqualTo(facility.files(Side.X)).isEqualTo(103);

    run("switch-y-to-x", "Y");
    assertThat(facility.truth()).isEqualTo(before);
  }

  @Test
  @Tag("M-34")
  void splitPartsTheSidesAndRestoreJoinsThem() {
    facility.allowSplit();
    String before = facility.truth();
    run("split-x-main", null);
    assertThat(facility.truth())
        .contains("X open=true")
        .contains("Y open=true")
        .contains("folders=null");
    facility.clientsWork();
    run("restore-x-main", "Y");
    assertThat(facility.truth()).isEqualTo(before);
    assertThat(facility.rows(Side.Y)).isEqualTo(facility.rows(Side.X));
  }

  @Test
  @Tag("B-01")
  void aSwitchGoesOnFromEveryJournalEntryAtWhichTheControlPointIsKilled() {
    AtomicInteger entries = new AtomicInteger();
    RunEngineTest whole = new RunEngineTest();
    try (Control control = whole.new Control(entries::incrementAndGet)) {
      RunDocument run = control.controls.start(ADA, automatic("switch-x-to-y", "X"));
      control.await(run.id(), RunState.FINISHED);
    }
    assertThat(entries.get()).isGreaterThan(40);

    for (int killed = 1; killed <= entries.get(); killed++) {
      RunEngineTest broken = new RunEngineTest();
      AtomicInteger left = new AtomicInteger(killed);
      String run = "000001";
      try (Control control =
          broken
          .new Control(
              () -> {
                if (left.decrementAndGet() == 0) {
                  throw broken.facility.kill();
                }
              })) {
        try {
          control.controls.start(ADA, automatic("switch-x-to-y", "X"));
        } catch (SimulatedFacility.Killed atTheVeryStart) {
          assertThat(killed).isEqualTo(1);
        }
        broken.facility.awaitKilled();
      }
      try (Control control = broken.new Control(() -> {})) {
        RunDocument finished = control.await(run, RunState.FINISHED);
        assertThat(finished.steps()).allMatch(s -> s.state() == StepState.DONE);
      }
      assertThat(broken.facility.truth())
          .as("killed at entry " + killed)
          .isEqualTo(whole.facility.truth());
      assertThat(broken.facility.acts())
          .as("killed at entry " + killed + ": nothing is done twice")
          .hasSameSizeAs(whole.facility.acts());
    }
  }

  @Test
  @Tag("B-01")
  void aSwitchGoesOnFromEveryActAtWhichTheControlPointIsKilled() {
    RunEngineTest whole = new RunEngineTest();
    whole.run("switch-x-to-y", "X");
    int acts = whole.facility.acts().size();
    assertThat(acts).isGreaterThan(25);

    for (int act = 0; act < acts; act++) {
      for (boolean after : List.of(true, false)) {
        RunEngineTest broken = new RunEngineTest();
        broken.facility.killAtAct(act, after);
        String run;
        try (Control control = broken.new Control(() -> {})) {
          run = control.controls.start(ADA, automatic("switch-x-to-y", "X")).id();
          broken.facility.awaitKilled();
        }
        try (Control control = broken.new Control(() -> {})) {
          control.await(run, RunState.FINISHED);
        }
        assertThat(broken.facility.truth())
            .as("killed " + (after ? "after" : "before") + " act " + act)
            .isEqualTo(whole.facility.truth());
      }
    }
  }

  @Test
  @Tag("B-03")
  void anAutomaticRunStopsAtManualStepsAndAtThePointOfNoReturn() {
    try (Control control = new Control(() -> {})) {
      String run =
          control.controls.start(ADA, new RunRequest("switch-x-to-y", true, false, null)).id();
      RunDocument waits = control.await(run, RunState.WAITING);
      assertThat(waits.next().orElseThrow().key()).isEqualTo("10-by-hand");
      control.controls.act(ADA, run, "10", StepAct.DONE, "");
      control.awaitNext(run, "12-by-hand");
      control.controls.act(ADA, run, "12", StepAct.DONE, "");
      control.awaitNext(run, "13-confirm");
      assertThat(facility.acts()).noneMatch(a -> a.endsWith(" SUBSCRIBE") || a.endsWith(" FOLLOW"));
      assertThatThrownBy(() -> control.controls.act(ADA, run, "13", StepAct.CONFIRM, "Y"))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("overwrites X");
      control.controls.act(ADA, run, "13", StepAct.CONFIRM, "X");
      control.await(run, RunState.FINISHED);
    }
  }

  @Test
  @Tag("B-04")
  void aFailedStepSaysWhyAndGoesOnWhenRetried() {
    facility.refuse("UNPUBLISH");
    try (Control control = new Control(() -> {})) {
      String run = control.controls.start(ADA, automatic("switch-x-to-y", "X")).id();
      RunDocument failed = control.await(run, RunState.FAILED);
      assertThat(failed.steps().getFirst().words()).contains("db-x: it was told to fail");
      facility.refuse("");
      control.controls.resume(ADA, run);
      control.await(run, RunState.FINISHED);
    }
  }

  @Test
  @Tag("M-40")
  void aStartThatWouldHarmStopsBeforeAnythingIsTouchedAndSaysTheCure() {
    facility.losesAKey();
    try (Control control = new Control(() -> {})) {
      String run =
          control.controls.operate(ADA, "Start", Specs.of("start-replication", "from", "X")).id();
      RunDocument failed = control.await(run, RunState.FAILED);
      assertThat(failed.steps().getFirst().words())
          .contains("Nothing was touched", "ALTER TABLE public.assets REPLICA IDENTITY FULL")
          .contains("gemel database check X");
      assertThat(facility.acts()).noneMatch(act -> act.contains("PUBLISH"));
      assertThat(facility.acts()).noneMatch(act -> act.contains("SUBSCRIBE"));
    }
  }

  @Test
  void inGuideModeNothingHappensUntilAPersonDoesTheStepAndUndoTakesItBack() {
    try (Control control = new Control(() -> {})) {
      String run =
          control.controls.start(ADA, new RunRequest("switch-x-to-y", false, false, null)).id();
      control.await(run, RunState.WAITING);
      assertThat(facility.acts()).isEmpty();
      control.controls.act(ADA, run, "3", StepAct.DO, "");
      control.awaitStep(run, "03-stop-browse", StepState.DONE);
      assertThat(facility.truth()).contains("browse-1=STOPPED");
      control.controls.act(ADA, run, "3", StepAct.UNDO, "");
      control.awaitStep(run, "03-stop-browse", StepState.UNDONE);
      assertThat(facility.truth()).contains("browse-1=RUNNING");
    }
  }

  @Test
  void aSingleControlTicksTheMatchingStepOfTheCurrentRun() {
    try (Control control = new Control(() -> {})) {
      String run =
          control.controls.start(ADA, new RunRequest("switch-x-to-y", false, false, null)).id();
      control.await(run, RunState.WAITING);
      control.controls.operate(ADA, "Stop browse", Specs.of("stop-browse"));
      control.awaitStep(run, "03-stop-browse", StepState.DONE);
    }
  }

  @Test
  void aSecondWorkflowIsRefusedWhileOneIsUnderWay() {
    try (Control control = new Control(() -> {})) {
      control.controls.start(ADA, new RunRequest("switch-x-to-y", false, false, null));
      assertThatThrownBy(() -> control.controls.start(ADA, automatic("split-x-main", null)))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("under way");
    }
  }

  @Test
  @Tag("M-20")
  void aBlockedStepIsNotBegunAndSaysWhatIsInTheWay() {
    try (Control control = new Control(() -> {})) {
      String run =
          control.controls.operate(ADA, "", Specs.of("set-database-main", "side", "Y")).id();
      RunDocument failed = control.await(run, RunState.FAILED);
      assertThat(failed.steps().getFirst().words())
          .contains("Not begun")
          .contains("database Y still following X");
      assertThat(facility.acts()).isEmpty();
    }
  }

  @Test
  void openingADatabaseAgainVoidsItsLastTransactionAndWhatPeopleSaidSince() {
    try (Control control = new Control(() -> {})) {
      String run =
          control.controls.start(ADA, new RunRequest("switch-x-to-y", false, false, null)).id();
      control.await(run, RunState.WAITING);
      for (String step : List.of("01-stop-replication", "02-set-database-backup")) {
        control.controls.act(ADA, run, step, StepAct.DO, "");
        control.awaitStep(run, step, StepState.DONE);
      }
      control.controls.act(ADA, run, "10", StepAct.DONE, "");
      control.controls.operate(ADA, "", Specs.of("set-database-main", "side", "X"));
      control.awaitStep(run, "01-stop-replication", StepState.UNDONE);
      control.awaitStep(run, "02-set-database-backup", StepState.UNDONE);
      control.awaitStep(run, "10-by-hand", StepState.PENDING);
      assertThat(facility.truth()).contains("X open=true");
    }
  }

  @Test
  void anAutomaticRunDoesNotDoAgainWhatAPersonTookBack() {
    try (Control control = new Control(() -> {})) {
      String run =
          control.controls.start(ADA, new RunRequest("switch-x-to-y", true, false, null)).id();
      control.awaitNext(run, "10-by-hand");
      assertThatThrownBy(() -> control.controls.act(ADA, run, "8", StepAct.UNDO, ""))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("undo 09-move-devices first");
      for (String step : List.of("09-move-devices", "08-hand-over-folders", "07-release-devices")) {
        control.controls.act(ADA, run, step, StepAct.UNDO, "");
        control.awaitStep(run, step, StepState.UNDONE);
        control.await(run, RunState.WAITING);
      }
      assertThat(facility.truth()).contains("edit-1=X").contains("X open=false");
      assertThatThrownBy(() -> control.controls.act(ADA, run, "6", StepAct.UNDO, ""))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("devices have worked with database Y");
      control.controls.resume(ADA, run);
      control.awaitNext(run, "10-by-hand");
      assertThat(facility.truth()).contains("edit-1=Y");
    }
  }

  @Test
  @Tag("B-01")
  void aRetryAfterClientsWereLetInAgainCatchesUpAgain() {
    facility.refuse("UNPUBLISH");
    try (Control control = new Control(() -> {})) {
      String run = control.controls.start(ADA, automatic("switch-x-to-y", "X")).id();
      control.await(run, RunState.FAILED);
      facility.refuse("");
      String opened =
          control.controls.operate(ADA, "", Specs.of("set-database-main", "side", "X")).id();
      control.await(opened, RunState.FINISHED);
      facility.clientsWork();
      control.controls.act(ADA, run, "1", StepAct.RETRY, "");
      RunDocument failed =
          control.await(
              run, r -> r.step("1").attempt() == 2 || r.step("1").words().contains("Not begun"));
      // The backup follows no more, so the new rows could not come over: it must not go on.
      control.await(run, RunState.FAILED);
      assertThat(failed.step("2").state()).isEqualTo(StepState.PENDING);
      assertThat(facility.acts()).noneMatch(a -> a.equals("db-y OPEN_DATABASE_AS_MAIN"));
    }
  }
}
