package org.gemel.control.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.gemel.control.api.Principal;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.RunRequest;
import org.gemel.control.api.RunState;
import org.gemel.control.api.StepAct;
import org.gemel.control.steps.Catalogue;
import org.gemel.ledger.MemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a start within a run may drop: just what was approved, and nothing unasked. */
@Tag("M-21")
final class DroppingRunTest {
  private static final Principal ADA = new Principal("ada", true);
  private static final String CONFIRM = "01-confirm";
  private static final String START = "04-start-replication";
  private static final RunEngine.Patience SHORT =
      new RunEngine.Patience(
          Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofMillis(20), Thread::sleep);

  private final SimulatedFacility facility = new SimulatedFacility();
  private final Semaphore changed = new Semaphore(0);
  private final RunJournal journal = new RunJournal(new MemoryLedger(), () -> {});
  private final RunEngine engine =
      new RunEngine(journal, facility, facility, SHORT, Catalogue::step, changed::release);
  private final RunControls controls =
      new RunControls(journal, engine, Workflows.builtIn(), facility);

  @BeforeEach
  void start() {
    engine.start();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private RunDocument await(String run, Predicate<RunDocument> condition) throws Exception {
    Instant end = Instant.now().plusSeconds(60);
    RunDocument now = journal.read(run).orElseThrow();
    while (!condition.test(now) && Instant.now().isBefore(end)) {
      changed.tryAcquire(100, TimeUnit.MILLISECONDS);
      now = journal.read(run).orElseThrow();
    }
    assertThat(now).as(now.words() + "\n" + now.steps()).matches(condition);
    return now;
  }

  private RunDocument await(String run, RunState state) throws Exception {
    return await(run, r -> r.state() == state);
  }

  /** A restore that waits for its confirmation; Y will be overwritten. */
  private String restore(RunRequest request) throws Exception {
    facility.allowSplit();
    RunDocument split = controls.start(ADA, new RunRequest("split-x-main", true, true, null));
    await(split.id(), RunState.FINISHED);
    return controls.start(ADA, request).id();
  }

  private static RunRequest asking() {
    return new RunRequest("restore-x-main", true, true, null);
  }

  @Test
  void whatIsApprovedWithTheConfirmationIsDroppedByTheStartAfterIt() throws Exception {
    String run = restore(asking());
    await(run, RunState.WAITING);
    controls.act(ADA, run, CONFIRM, StepAct.CONFIRM, "Y", " cd34 ");
    await(run, RunState.FINISHED);
    assertThat(facility.acts()).contains("db-y SUBSCRIBE dropping cd34");
  }

  @Test
  void aWrongNameApprovesNothing() throws Exception {
    String run = restore(asking());
    await(run, RunState.WAITING);
    assertThatThrownBy(() -> controls.act(ADA, run, CONFIRM, StepAct.CONFIRM, "X", "cd34"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("overwrites Y");
    controls.act(ADA, run, CONFIRM, StepAct.CONFIRM, "Y");
    await(run, RunState.FINISHED);
    assertThat(facility.acts()).contains("db-y SUBSCRIBE");
  }

  @Test
  void aStartThatWasRefusedIsGivenTheListWithItsRetry() throws Exception {
    facility.refuse("SUBSCRIBE");
    String run = restore(new RunRequest("restore-x-main", true, true, "Y", "old"));
    await(run, RunState.FAILED);
    assertThat(facility.acts()).contains("db-y SUBSCRIBE dropping old");
    facility.refuse("");
    controls.act(ADA, run, START, StepAct.RETRY, "", "new");
    await(run, RunState.FINISHED);
    assertThat(facility.acts().getLast()).doesNotContain("old");
    assertThat(facility.acts()).contains("db-y SUBSCRIBE dropping new");
  }

  @Test
  void aListThatNothingCouldDropIsRefusedAndChangesNothing() throws Exception {
    assertThatThrownBy(
            () -> controls.start(ADA, new RunRequest("switch-x-to-y", true, true, "X", "cd34")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("leave out --drop");
    assertThat(journal.current()).isEmpty();
    String run = controls.start(ADA, new RunRequest("switch-x-to-y", false, false, null)).id();
    assertThatThrownBy(() -> controls.act(ADA, run, "3", StepAct.DO, "", "cd34"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("leave out --drop");
    assertThat(facility.acts()).isEmpty();
  }
}
