package org.gemel.control.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.RunView.StepView;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.StepState;
import org.gemel.control.api.WorkflowView;
import org.jspecify.annotations.Nullable;

/** Runs in the moments of a facility, and how they go on. */
public final class SceneRuns {
  static final WorkflowView SWITCH_X_TO_Y =
      new WorkflowView(
          "switch-x-to-y",
          "Switch from X to Y",
          "Y becomes main, X its backup; all devices and services move to Y.",
          List.of(
              step("01-stop-replication", "Stop database replication on X.", StepKind.SYSTEM),
              step("02-x-backup", "Set the database of X backup.", StepKind.SYSTEM),
              step("03-stop-browse", "Stop the browse services.", StepKind.SYSTEM),
              step("04-point-browse", "Point the browse services at Y.", StepKind.SYSTEM),
              step("05-stop-folders", "Stop the folder mirror on nas-x.", StepKind.SYSTEM),
              step("06-y-main", "Set the database of Y main.", StepKind.SYSTEM),
              step("07-switch-devices", "Switch all devices to Y.", StepKind.SYSTEM),
              step("08-check-projects", "Check that projects open on Y.", StepKind.MANUAL),
              step("09-start-browse", "Start the browse services.", StepKind.SYSTEM),
              step("10-verify", "Verify record, edit and browse on Y.", StepKind.MANUAL),
              step("11-confirm", "Confirm that X may be overwritten.", StepKind.CONFIRMATION),
              step("12-start-replication", "Start replication from Y.", StepKind.SYSTEM),
              step("13-start-folders", "Start the folder mirror on nas-y.", StepKind.SYSTEM)));

  static final WorkflowView SPLIT =
      new WorkflowView(
          "split-x",
          "Split, X stays main",
          "Both sides become main and go their own ways; nothing is mirrored.",
          List.of(
              step("01-stop-replication", "Stop database replication on X.", StepKind.SYSTEM),
              step("02-y-main", "Set the database of Y main.", StepKind.SYSTEM)));

  private SceneRuns() {}

  /** A run whose first step is next. */
  static RunView begun(String id, WorkflowView workflow, boolean automatic, String by, Instant at) {
    List<StepView> steps =
        workflow.steps().stream()
            .map(
                s ->
                    new StepView(
                        s.key(),
                        s.sentence(),
                        s.kind(),
                        s.spec(),
                        StepState.PENDING,
                        0,
                        "",
                        "",
                        null,
                        null,
                        s.kind() == StepKind.CONFIRMATION ? "X" : null,
                        false))
            .toList();
    return new RunView(
        id,
        workflow.name(),
        workflow.title(),
        automatic ? RunState.RUNNING : RunState.WAITING,
        automatic,
        by,
        at,
        null,
        automatic ? "Doing step 1." : "Waits for a person to do step 1.",
        steps);
  }

  /** A single control that succeeded. */
  static RunView finished(String id, String operation, String by, Instant at) {
    return new RunView(
        id,
        operation,
        operation,
        RunState.FINISHED,
        true,
        by,
        at,
        at,
        "Done and proven.",
        List.of());
  }

  public static RunView withStep(RunView run, String key, UnaryOperator<StepView> change) {
    return new RunView(
        run.id(),
        run.workflow(),
        run.title(),
        run.state(),
        run.automatic(),
        run.startedBy(),
        run.startedAt(),
        run.endedAt(),
        run.words(),
        run.steps().stream().map(s -> s.key().equals(key) ? change.apply(s) : s).toList());
  }

  public static RunView withState(
      RunView run, RunState state, String words, @Nullable Instant endedAt) {
    return new RunView(
        run.id(),
        run.workflow(),
        run.title(),
        state,
        run.automatic(),
        run.startedBy(),
        run.startedAt(),
        endedAt,
        words,
        run.steps());
  }

  public static StepView settle(
      StepView step, StepState state, String by, String words, Instant at) {
    return new StepView(
        step.key(),
        step.sentence(),
        step.kind(),
        step.spec(),
        state,
        step.attempts() + 1,
        words,
        by,
        at.minus(Duration.ofSeconds(3)),
        at,
        step.destroys(),
        state == StepState.DONE && step.kind() == StepKind.SYSTEM);
  }

  private static WorkflowView.Step step(String key, String sentence, StepKind kind) {
    return new WorkflowView.Step(key, sentence, kind, "M-34");
  }

  /** What proves a step. */
  static String words(String key) {
    return switch (key) {
      case "01-stop-replication" -> "replication stopped; Y had confirmed 0/5A3C1F8, as X wrote it";
      case "02-x-backup" -> "X refuses client writes since 03:09:41";
      case "06-y-main" -> "Y accepts client writes since 03:09:44; 2.9 s without a main";
      case "07-switch-devices" -> "5 of 5 devices opened the volume of Y";
      default -> "read again, and it is so";
    };
  }
}
