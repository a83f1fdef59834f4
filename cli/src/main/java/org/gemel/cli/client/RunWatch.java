package org.gemel.cli.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.RunView.StepView;
import org.gemel.control.api.StepState;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run and says each step as it goes. The run goes on in the facility whatever happens
 * here, so a lost control point is waited for: it may be restarting.
 */
final class RunWatch {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration BRIDGED = Duration.ofMinutes(5);

  private final ControlClient client;
  private final Output output;
  private final @Nullable Duration limit;
  private final Map<String, StepState> said = new HashMap<>();
  private long lostSince = -1;

  RunWatch(ControlClient client, Output output, @Nullable Duration limit) {
    this.client = client;
    this.output = output;
    this.limit = limit;
  }

  /** Waits until the run ends or cannot go on by itself; prints it; returns the exit code. */
  int follow(RunView first) {
    long begun = System.nanoTime();
    RunView run = first;
    say(run);
    while (run.state() == RunState.RUNNING) {
      if (limit != null && System.nanoTime() - begun > limit.toNanos()) {
        throw new Failure(
            ExitCode.TIMED_OUT,
            "run " + run.id() + " is not over within " + limit.toSeconds() + " s; it goes on");
      }
      pause();
      run = again(run);
      say(run);
    }
    print(run);
    return code(run).code();
  }

  /** As {@link #follow}, for one step of a run that may wait for the next one afterwards. */
  int followStep(RunView first, String key) {
    long begun = System.nanoTime();
    RunView run = first;
    StepView step = step(run, key);
    while (step.state() == StepState.BEGUN || step.state() == StepState.PERFORMED) {
      if (limit != null && System.nanoTime() - begun > limit.toNanos()) {
        throw new Failure(
            ExitCode.TIMED_OUT, "step " + key + " of run " + run.id() + " is not over; it goes on");
      }
      pause();
      run = again(run);
      step = step(run, key);
    }
    print(run);
    if (step.state() == StepState.FAILED) {
      output.note("step " + step.key() + " failed: " + step.words());
      return ExitCode.STOPPED.code();
    }
    return ExitCode.DONE.code();
  }

  static ExitCode code(RunView run) {
    return switch (run.state()) {
      case FINISHED, RESET, RUNNING -> ExitCode.DONE;
      case FAILED -> ExitCode.STOPPED;
      case WAITING -> ExitCode.NOT_READY;
    };
  }

  void print(RunView run) {
    output.data(
        Output.JSON.writeValueAsString(run),
        () ->
            output.line("run " + run.id() + " " + RunText.state(run.state()) + ": " + run.words()));
  }

  private RunView again(RunView run) {
    try {
      RunView next = client.get("/runs/" + ControlClient.part(run.id()), RunView.class);
      if (lostSince >= 0) {
        output.note("the control point is back");
        lostSince = -1;
      }
      return next;
    } catch (Failure e) {
      bridge(run, e);
      return run;
    }
  }

  private void bridge(RunView run, Failure e) {
    if (e.code() != ExitCode.UNREACHABLE) {
      throw e;
    }
    if (lostSince < 0) {
      lostSince = System.nanoTime();
      output.note("the control point is not reached; the run goes on by itself, trying again");
    }
    if (System.nanoTime() - lostSince > BRIDGED.toNanos()) {
      throw new Failure(
          ExitCode.UNKNOWN,
          "the control point was not reached for "
              + BRIDGED.toMinutes()
              + " minutes; how run "
              + run.id()
              + " stands is not known: `gemel run show "
              + run.id()
              + "` once it is back");
    }
  }

  private void say(RunView run) {
    int number = 0;
    for (StepView step : run.steps()) {
      number++;
      StepState before = said.put(step.key(), step.state());
      boolean news = before == null ? step.state() != StepState.PENDING : before != step.state();
      if (news) {
        output.note(RunText.stepLine(run, number, step));
      }
    }
  }

  static StepView step(RunView run, String key) {
    String number = key.length() == 1 ? "0" + key : key;
    return run.steps().stream()
        .filter(s -> s.key().equals(key) || s.key().startsWith(number + "-"))
        .findFirst()
        .orElseThrow(
            () -> new Failure(ExitCode.USAGE, "found no step '" + key + "' in run " + run.id()));
  }

  private static void pause() {
    try {
      Thread.sleep(EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.TIMED_OUT, "interrupted; the run goes on");
    }
  }
}
