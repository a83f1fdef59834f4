package org.gemel.cli.client;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.gemel.control.api.RunRequest;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.StepAct;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs of workflows. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs of workflows: start, follow, and act on their steps.",
    footer = {
      "",
      "Steps are named by number or key; the run under way is meant unless --run names another.",
      "Examples:",
      "  gemel run start switch-x-to-y --auto",
      "  gemel run done 8",
      "  gemel run confirm 11 --confirm X"
    })
final class RunCommand {
  private static final String DROP =
      "the list of what only the overwritten database has, which its start may drop";

  @Command(
      description = "Starts a workflow: step by step, or --auto.",
      footer = {
        "",
        "With --auto: exit 0 finished, 3 waits for a person, 4 stopped by a failure.",
        "Example:",
        "  gemel run start switch-x-to-y --auto --confirm X"
      })
  int start(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "WORKFLOW") String workflow,
      @Option(names = "--auto", description = "Gemel does its steps itself") boolean automatic,
      @Option(names = "--tick-manual", description = "for scripts: people's steps tick themselves")
          boolean tickManual,
      @Option(names = "--drop", paramLabel = "HASH", description = DROP) @Nullable String drop) {
    if (change.dryRun()) {
      WorkflowCommand.print(connection, workflow);
      return 0;
    }
    ControlClient client = connection.client();
    RunView run =
        ControlClient.read(
            client.post(
                "/runs", new RunRequest(workflow, automatic, tickManual, change.confirm(), drop)),
            RunView.class);
    return follow(connection, change, client, run, automatic);
  }

  @Command(
      description = "Lists the runs, newest first.",
      footer = {"", "Example:", "  gemel run list"})
  int list(@Mixin ConnectionOptions connection) {
    Output output = connection.output();
    String json = connection.client().get("/runs");
    output.data(
        json,
        () ->
            Arrays.stream(ControlClient.read(json, RunView[].class))
                .forEach(
                    r ->
                        output.line(
                            "%-12s %-22s %s  %s"
                                .formatted(
                                    r.id(), RunText.state(r.state()), r.startedAt(), r.title()))));
    return 0;
  }

  @Command(
      description = "Shows a run and its steps; the one under way if none is named.",
      footer = {"", "Example:", "  gemel run show"})
  int show(
      @Mixin ConnectionOptions connection,
      @Parameters(paramLabel = "ID", arity = "0..1", defaultValue = "current") String id) {
    Output output = connection.output();
    String json = connection.client().get("/runs/" + ControlClient.part(id));
    output.data(json, () -> RunText.print(ControlClient.read(json, RunView.class), output));
    return 0;
  }

  @Command(
      name = "do",
      description = "Does a step now.",
      footer = {"", "Example:", "  gemel run do 3"})
  int doStep(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--run", defaultValue = "current", paramLabel = "ID") String run,
      @Option(names = "--drop", paramLabel = "HASH", description = DROP) @Nullable String drop,
      @Parameters(paramLabel = "STEP") String step) {
    return act(connection, change, run, step, StepAct.DO, null, drop);
  }

  @Command(
      description = "Does a failed step again.",
      footer = {"", "Examples:", "  gemel run retry 7", "  gemel run retry 4 --drop HASH"})
  int retry(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--run", defaultValue = "current", paramLabel = "ID") String run,
      @Option(names = "--drop", paramLabel = "HASH", description = DROP) @Nullable String drop,
      @Parameters(paramLabel = "STEP") String step) {
    return act(connection, change, run, step, StepAct.RETRY, null, drop);
  }

  @Command(
      description = "Ticks a step: done by hand. A system step is then proven.",
      footer = {"", "Example:", "  gemel run done 8"})
  int done(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--run", defaultValue = "current", paramLabel = "ID") String run,
      @Parameters(paramLabel = "STEP") String step) {
    return act(connection, change, run, step, StepAct.DONE, null, null);
  }

  @Command(
      description = "Leaves a step out; --reason is needed.",
      footer = {"", "Example:", "  gemel run skip 8 --reason 'nobody edits tonight'"})
  int skip(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--run", defaultValue = "current", paramLabel = "ID") String run,
      @Parameters(paramLabel = "STEP") String step) {
    String reason = change.reason();
    if (reason == null || reason.isBlank()) {
      throw new Failure(
          ExitCode.UNSAFE, "found no reason, wanted why the step is left out: give --reason TEXT");
    }
    return act(connection, change, run, step, StepAct.SKIP, reason, null);
  }

  @Command(
      description = "Takes a step back by its inverse; the last that can be if none is named.",
      footer = {"", "Example:", "  gemel run undo 3"})
  int undo(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--run", defaultValue = "current", paramLabel = "ID") String run,
      @Parameters(paramLabel = "STEP", arity = "0..1") @Nullable String step) {
    return act(
        connection,
        change,
        run,
        step == null ? lastUndoable(connection, run) : step,
        StepAct.UNDO,
        null,
        null);
  }

  @Command(
      description = "Confirms the point of no return; --confirm SIDE is needed.",
      footer = {"", "Example:", "  gemel run confirm 11 --confirm X"})
  int confirm(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--run", defaultValue = "current", paramLabel = "ID") String run,
      @Option(names = "--drop", paramLabel = "HASH", description = DROP) @Nullable String drop,
      @Parameters(paramLabel = "STEP") String step) {
    if (change.confirm() == null) {
      throw new Failure(
          ExitCode.UNSAFE,
          "found no confirmation, wanted the side that is overwritten: give --confirm X or Y");
    }
    return act(connection, change, run, step, StepAct.CONFIRM, change.confirm(), drop);
  }

  @Command(
      description = "Goes on with a run that stopped; turns a guided one automatic.",
      footer = {"", "Example:", "  gemel run resume"})
  int resume(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "ID", arity = "0..1", defaultValue = "current") String id) {
    ControlClient client = connection.client();
    RunView run = find(client, id);
    if (change.dryRun()) {
      RunText.print(run, connection.output());
      return 0;
    }
    RunView next =
        ControlClient.read(
            client.post("/runs/" + ControlClient.part(run.id()) + "/resume", null), RunView.class);
    return follow(connection, change, client, next, true);
  }

  @Command(
      description = "Clears the ticks and ends the run; undoes nothing.",
      footer = {"", "Example:", "  gemel run reset --yes"})
  int reset(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "ID", arity = "0..1", defaultValue = "current") String id) {
    ControlClient client = connection.client();
    RunView run = find(client, id);
    if (change.dryRun()) {
      connection.output().line("would clear the ticks of run " + run.id() + "; undoes nothing");
      return 0;
    }
    Questions.ask(change, "Clear the ticks of run " + run.id() + "? What was done stays done.");
    RunView next =
        ControlClient.read(
            client.post("/runs/" + ControlClient.part(run.id()) + "/reset", null), RunView.class);
    new RunWatch(client, connection.output(), null).print(next);
    return 0;
  }

  private static int act(
      ConnectionOptions connection,
      ChangeOptions change,
      String run,
      String step,
      StepAct act,
      @Nullable String words,
      @Nullable String drop) {
    ControlClient client = connection.client();
    RunView found = find(client, run);
    String key = RunWatch.step(found, step).key();
    if (change.dryRun()) {
      connection.output().line("would " + name(act) + " step " + key + " of run " + found.id());
      return 0;
    }
    Map<String, @Nullable Object> body = new HashMap<>();
    body.put("words", words);
    body.put("drop", drop);
    RunView next =
        ControlClient.read(
            client.post(
                "/runs/"
                    + ControlClient.part(found.id())
                    + "/steps/"
                    + ControlClient.part(key)
                    + "/"
                    + name(act),
                body),
            RunView.class);
    RunWatch watch = new RunWatch(client, connection.output(), change.limit());
    if (!change.waits()) {
      watch.print(next);
      return 0;
    }
    return next.automatic() && next.state() == RunState.RUNNING
        ? watch.follow(next)
        : watch.followStep(next, key);
  }

  private static int follow(
      ConnectionOptions connection,
      ChangeOptions change,
      ControlClient client,
      RunView run,
      boolean automatic) {
    RunWatch watch = new RunWatch(client, connection.output(), change.limit());
    if (!change.waits() || !automatic) {
      watch.print(run);
      return 0;
    }
    return watch.follow(run);
  }

  private static RunView find(ControlClient client, String id) {
    return client.get("/runs/" + ControlClient.part(id), RunView.class);
  }

  private static String lastUndoable(ConnectionOptions connection, String run) {
    return find(connection.client(), run).steps().reversed().stream()
        .filter(RunView.StepView::undoable)
        .findFirst()
        .map(RunView.StepView::key)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.NOT_READY, "found no step that can be taken back, wanted one"));
  }

  private static String name(StepAct act) {
    return act.name().toLowerCase(Locale.ROOT);
  }
}
