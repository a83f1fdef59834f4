package org.gemel.cli.client;

import java.util.Arrays;
import java.util.Map;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.gemel.control.api.PairView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** System pairs. */
@Command(
    name = "pair",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "System pairs: which there are.",
    footer = {"", "Example:", "  gemel pair create storage-1 storage-2 --name newsroom"})
final class PairCommand {
  @Command(
      description = "Lists the pairs.",
      footer = {"", "Example:", "  gemel pair list"})
  int list(@Mixin ConnectionOptions connection) {
    show(connection, null);
    return 0;
  }

  @Command(
      description = "Shows a pair; the only one if none is named.",
      footer = {"", "Example:", "  gemel pair show"})
  int show(
      @Mixin ConnectionOptions connection,
      @Parameters(paramLabel = "NAME", arity = "0..1") @Nullable String name) {
    Output output = connection.output();
    PairView[] pairs =
        Arrays.stream(connection.client().get("/pairs", PairView[].class))
            .filter(p -> name == null || p.name().equals(name))
            .toArray(PairView[]::new);
    if (name != null && pairs.length == 0) {
      throw new Failure(ExitCode.USAGE, "found no pair '" + name + "': see `gemel pair list`");
    }
    output.data(
        Output.JSON.writeValueAsString(pairs),
        () -> {
          for (PairView pair : pairs) {
            output.line(
                "%-16s X %s, Y %s, since %s"
                    .formatted(pair.name(), pair.x(), pair.y(), pair.createdAt()));
          }
        });
    return 0;
  }

  @Command(
      description = "Makes a pair of two storage systems, main first.",
      footer = {"", "Example:", "  gemel pair create storage-1 storage-2 --name newsroom"})
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--name", defaultValue = "newsroom", paramLabel = "NAME") String name,
      @Parameters(paramLabel = "MAIN", index = "0") String main,
      @Parameters(paramLabel = "BACKUP", index = "1") String backup) {
    if (change.dryRun()) {
      connection.output().line("would make pair " + name + " of " + main + " and " + backup);
      return 0;
    }
    String json =
        connection.client().post("/pairs", Map.of("name", name, "main", main, "backup", backup));
    connection.output().data(json, () -> connection.output().note("made pair " + name));
    return 0;
  }

  @Command(
      description = "Removes a pair; the storage systems stay as they are.",
      footer = {"", "Example:", "  gemel pair remove newsroom --yes"})
  int remove(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "NAME") String name) {
    if (change.dryRun()) {
      connection.output().line("would remove pair " + name);
      return 0;
    }
    Questions.ask(change, "Remove pair " + name + "?");
    connection.client().delete("/pairs/" + ControlClient.part(name));
    connection.output().note("removed pair " + name);
    return 0;
  }
}
