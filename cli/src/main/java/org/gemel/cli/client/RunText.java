package org.gemel.cli.client;

import java.util.Locale;
import org.gemel.cli.Output;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.RunView.StepView;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.StepState;

/** A run in words. */
final class RunText {
  private RunText() {}

  static void print(RunView run, Output output) {
    output.line(run.title() + " (" + run.id() + ", by " + run.startedBy() + ")");
    output.line(state(run.state()) + ": " + run.words());
    int number = 0;
    for (StepView step : run.steps()) {
      output.line(stepLine(run, ++number, step));
    }
  }

  static String stepLine(RunView run, int number, StepView step) {
    String who =
        step.kind() == StepKind.SYSTEM
            ? ""
            : step.kind() == StepKind.MANUAL ? " (by a person)" : " (point of no return)";
    return String.format(
        Locale.ENGLISH,
        "[%2d/%d] %-11s %s%s%s",
        number,
        run.steps().size(),
        state(step.state()),
        step.sentence(),
        who,
        step.words().isEmpty() ? "" : " — " + step.words());
  }

  static String state(RunState state) {
    return switch (state) {
      case RUNNING -> "running";
      case WAITING -> "waits for a person";
      case FAILED -> "stopped by a failure";
      case FINISHED -> "finished";
      case RESET -> "reset";
    };
  }

  private static String state(StepState state) {
    return switch (state) {
      case PENDING -> "to do";
      case BEGUN -> "under way";
      case PERFORMED -> "being proven";
      case DONE -> "done";
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
      case UNDONE -> "taken back";
    };
  }
}
