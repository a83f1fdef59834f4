package org.gemel.cli.client;

import java.util.List;
import org.gemel.cli.Output;
import org.gemel.control.api.BrowseStatus;
import org.gemel.control.api.PairStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The browse services. */
@Command(
    name = "browse",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The browse services: stop, switch to a side, start.",
    footer = {
      "",
      "Example:",
      "  gemel browse stop && gemel browse switch --to Y && gemel browse start"
    })
final class BrowseCommand {
  @Command(
      description = "Shows each service and the side it points at.",
      footer = {"", "Example:", "  gemel browse status"})
  int status(@Mixin ConnectionOptions connection) {
    Output output = connection.output();
    BrowseStatus browse = connection.client().get("/status", PairStatus.class).browse();
    output.data(
        Output.JSON.writeValueAsString(browse),
        () -> {
          output.line(browse.words());
          browse
              .hosts()
              .forEach(
                  h ->
                      output.line(
                          "  "
                              + h.service()
                              + " on "
                              + h.device()
                              + ": "
                              + h.state()
                              + ", points at "
                              + (h.pointsAt() == null ? "neither side" : h.pointsAt())
                              + " "
                              + h.words()));
        });
    return 0;
  }

  @Command(
      description = "Stops the services.",
      footer = {"", "Example:", "  gemel browse stop"})
  int stop(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "HOST", arity = "0..*") @Nullable List<String> hosts) {
    return new Operations(connection, change).run("browse-stop", null, all(hosts));
  }

  @Command(
      name = "switch",
      description = "Points the stopped services at a side.",
      footer = {"", "Example:", "  gemel browse switch --to Y"})
  int point(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--to", required = true, paramLabel = "SIDE") String side,
      @Parameters(paramLabel = "HOST", arity = "0..*") @Nullable List<String> hosts) {
    return new Operations(connection, change).run("browse-point", side, all(hosts));
  }

  @Command(
      description = "Starts the services.",
      footer = {"", "Example:", "  gemel browse start"})
  int start(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "HOST", arity = "0..*") @Nullable List<String> hosts) {
    return new Operations(connection, change).run("browse-start", null, all(hosts));
  }

  private static List<String> all(@Nullable List<String> hosts) {
    return hosts == null ? List.of() : hosts;
  }
}
