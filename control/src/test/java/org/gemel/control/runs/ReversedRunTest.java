package org.gemel.control.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.gemel.control.api.Principal;
import org.gemel.control.api.RunRequest;
import org.gemel.control.api.RunState;
import org.gemel.control.api.StepState;
import org.gemel.control.steps.Catalogue;
import org.gemel.control.steps.Specs;
import org.gemel.core.Side;
import org.gemel.ledger.MemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a run turns the replication round, and what a person has to do where it cannot. */
final class ReversedRunTest {
  private static final Principal ADA = new Principal("ada", true);
  private static final String REVERSE = "14-reverse-replication";
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

  private String switched() {
    return controls.start(ADA, new RunRequest("switch-x-to-y", true, true, "X")).id();
  }

  @Test
  @Tag("B-22")
  void aSwitchTurnsTheReplicationRoundWithoutACopy() throws Exception {
    facility.clientsWork();
    RunDocument run = await(switched(), RunState.FINISHED);
    assertThat(facility.acts())
        .contains("db-x FOLLOW")
        .containsSubsequence("db-y FORESEE_TURN", "db-x HOLD_DATABASE", "db-y UNSUBSCRIBE")
        .noneMatch(a -> a.endsWith(" SUBSCRIBE") || a.endsWith(" PUBLISH"));
    assertThat(run.step("01-stop-replication").words()).contains("turned: true");
    assertThat(run.step(REVERSE).words()).contains("no copy");
    facility.clientsWork();
    assertThat(facility.rows(Side.X)).isEqualTo(facility.rows(Side.Y)).isEqualTo(102);
  }

  /** An agent of the release before cannot look ahead. */
  @Test
  @Tag("B-22")
  void aSwitchGoesOnWhereNothingCanBeForeseen() throws Exception {
    facility.refuse("FORESEE_TURN");
    RunDocument run = await(switched(), RunState.FINISHED);
    assertThat(run.step(REVERSE).words()).contains("no copy");
  }

  @Test
  @Tag("B-22")
  @Tag("M-21")
  void whatIsNotProvenEqualIsOverwrittenOnlyByOrderOfAPersonWhichTicksTheStep() throws Exception {
    facility.refuse("FOLLOW");
    String run = switched();
    RunDocument failed = await(run, RunState.FAILED);
    assertThat(failed.step(REVERSE).words())
        .contains("it was told to fail", "gemel database start Y --confirm X");
    assertThat(facility.acts()).noneMatch(a -> a.endsWith(" SUBSCRIBE"));
    controls.operate(ADA, "", Specs.of("start-replication", "from", "Y"));
    await(run, r -> r.step(REVERSE).state() == StepState.DONE);
    await(run, RunState.FINISHED);
    assertThat(facility.acts()).contains("db-x SUBSCRIBE");
  }

  @Test
  @Tag("M-40")
  void aBackupIsHealedByActsInTheirOrder() throws Exception {
    String run = controls.operate(ADA, "", Specs.of("heal-replication", "from", "X")).id();
    RunDocument healed = await(run, RunState.FINISHED);
    assertThat(facility.acts())
        .containsExactly(
            "db-y FIND_HEALING",
            "db-x PUBLISH",
            "db-y HEAL_DATABASE",
            "db-x PUBLISH",
            "db-y FOLLOW_HEALED",
            "db-y AWAIT_INITIAL_COPY");
    assertThat(healed.steps().getFirst().words()).contains("ALTER TABLE t", "Copied again: t");
  }

  @Test
  @Tag("M-21")
  void theEndThatAnswersIsTakenDownWhenTheOtherIsGone() throws Exception {
    facility.fallsSilent("db-x");
    String run = controls.operate(ADA, "", Specs.of("end-replication", "sides", "Y")).id();
    RunDocument ended = await(run, RunState.FINISHED);
    assertThat(facility.acts()).containsExactly("db-y UNSUBSCRIBE", "db-y UNPUBLISH");
    assertThat(ended.steps().getFirst().words()).contains("no log for X");
  }

  @Test
  @Tag("B-10")
  @Tag("B-11")
  void aRejoinThatAPersonApprovedTicksTheCopyingStepOfARun() throws Exception {
    facility.refuse("FOLLOW");
    String run = switched();
    await(run, RunState.FAILED);
    controls.operate(ADA, "", Specs.of("rejoin", "from", "Y", "preview", "seen"));
    await(run, r -> r.step(REVERSE).state() == StepState.DONE);
    assertThat(facility.acts())
        .containsSubsequence("db-y PUBLISH", "db-x REJOIN", "db-y FORGET_CHANGES")
        .noneMatch(a -> a.endsWith(" SUBSCRIBE"));
  }

  @Test
  @Tag("B-24")
  void theBackupComparesItselfWithMain() throws Exception {
    String run = controls.operate(ADA, "", Specs.of("compare-databases", "from", "X")).id();
    await(run, RunState.FINISHED);
    assertThat(facility.acts()).containsExactly("db-y COMPARE_DATABASES");
  }

  @Test
  @Tag("B-24")
  void aBackupIsRepairedByActsInTheirOrderAndComparedOnceMore() throws Exception {
    String run = controls.operate(ADA, "", Specs.of("repair-database", "from", "X")).id();
    RunDocument repaired = await(run, RunState.FINISHED);
    assertThat(facility.acts())
        .containsExactly(
            "db-y REPAIR_DATABASE",
            "db-x PUBLISH",
            "db-y HEAL_DATABASE",
            "db-x PUBLISH",
            "db-y FOLLOW_HEALED",
            "db-y AWAIT_INITIAL_COPY",
            "db-y REPAIR_DATABASE");
    assertThat(repaired.steps().getFirst().words()).contains("Copied whole: t.");
  }

  @Test
  @Tag("B-22")
  void whereOnlySomeTablesDifferAStartCopiesOnlyThose() throws Exception {
    facility.differsIn("public.assets");
    String run = switched();
    await(run, RunState.FAILED);
    controls.operate(ADA, "", Specs.of("start-replication", "from", "Y"));
    await(run, r -> r.step(REVERSE).state() == StepState.DONE);
    assertThat(facility.acts())
        .containsSubsequence("db-x FOLLOW", "db-x FOLLOW", "db-x AWAIT_INITIAL_COPY")
        .noneMatch(a -> a.endsWith(" SUBSCRIBE"));
  }

  @Test
  @Tag("B-22")
  void andEverythingIfThatIsNotPossibleAnyMore() throws Exception {
    facility.differsIn("public.assets");
    facility.refuse("FOLLOW");
    String run = switched();
    await(run, RunState.FAILED);
    controls.operate(ADA, "", Specs.of("start-replication", "from", "Y"));
    await(run, r -> r.step(REVERSE).state() == StepState.DONE);
    assertThat(facility.acts()).containsSubsequence("db-x FOLLOW", "db-x SUBSCRIBE");
  }
}
