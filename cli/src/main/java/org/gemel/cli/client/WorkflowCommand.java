package org.gemel.cli.client;

import java.util.Arrays;
import org.gemel.cli.Output;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.WorkflowView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Workflows. */
@Command(
    name = "workflow",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The workflows and their steps.",
    footer = {"", "Example:", "  gemel workflow show switch-x-to-y"})
final class WorkflowCommand {
  @Command(
      description = "Lists the workflows.",
      footer = {"", "Example:", "  gemel workflow list"})
  int list(@Mixin ConnectionOptions connection) {
    Output output = connection.output();
    String json = connection.client().get("/workflows");
    output.data(
        json,
        () ->
            Arrays.stream(ControlClient.read(json, WorkflowView[].class))
                .forEach(w -> output.line("%-24s %s".formatted(w.name(), w.title()))));
    return 0;
  }

  @Command(
      description = "Shows a workflow's steps in order.",
      footer = {"", "Example:", "  gemel workflow show switch-x-to-y"})
  int show(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "NAME") String name) {
    print(connection, name);
    return 0;
  }

  static void print(ConnectionOptions connection, String name) {
    Output output = connection.output();
    String json = connection.client().get("/workflows/" + ControlClient.part(name));
    output.data(
        json,
        () -> {
          WorkflowView workflow = ControlClient.read(json, WorkflowView.class);
          output.line(workflow.title() + ": " + workflow.purpose());
          for (WorkflowView.Step step : workflow.steps()) {
            String who =
                step.kind() == StepKind.MANUAL
                    ? " (by a person)"
                    : step.kind() == StepKind.CONFIRMATION ? " (point of no return)" : "";
            output.line("  %-30s %s%s".formatted(step.key(), step.sentence(), who));
          }
        });
  }
}
