package org.gemel.cli.client;

import java.util.List;
import org.gemel.cli.Output;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.PairStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The folder mirror. */
@Command(
    name = "folders",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The folder mirror: one way, from the main side.",
    footer = {"", "Example:", "  gemel folders start X --confirm Y"})
final class FoldersCommand {
  @Command(
      description = "Shows the mirror and its profiles.",
      footer = {"", "Example:", "  gemel folders status"})
  int status(@Mixin ConnectionOptions connection) {
    Output output = connection.output();
    FolderMirrorStatus folders =
        connection.client().get("/status", PairStatus.class).folderMirror();
    output.data(
        Output.JSON.writeValueAsString(folders), () -> new StatusText(output).folders(folders));
    return 0;
  }

  @Command(
      description = "Starts the mirror from SIDE; overwrites the other side's folders.",
      footer = {"", "Example:", "  gemel folders start X --confirm Y"})
  int start(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE") String side) {
    return new Operations(connection, change).run("folders-start", side, List.of());
  }

  @Command(
      description = "Stops the mirror on SIDE.",
      footer = {"", "Example:", "  gemel folders stop X"})
  int stop(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE") String side) {
    return new Operations(connection, change).run("folders-stop", side, List.of());
  }

  @Command(
      description = "Runs one pass now, from the side the mirror runs on.",
      footer = {"", "Example:", "  gemel folders run"})
  int run(@Mixin ConnectionOptions connection, @Mixin ChangeOptions change) {
    PairStatus status = connection.client().get("/status", PairStatus.class);
    var from = status.folderMirror().from();
    return new Operations(connection, change)
        .run("folders-run", from == null ? null : from.name(), List.of());
  }
}
