package org.gemel.cli.client;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What would be lost, before anything is. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "What would be lost, and its hash, by which it is approved.",
    footer = {"", "Example:", "  gemel preview restore X"})
final class PreviewCommand {
  @Command(
      description = {
        "What the other side's database would lose if the sides of a split were joined again with"
            + " SIDE as main; as `gemel database preview`."
      },
      footer = {"", "Example:", "  gemel preview restore X --export /var/tmp/lost"})
  int restore(
      @Mixin ConnectionOptions connection,
      @Option(
              names = "--export",
              paramLabel = "DIR",
              description =
                  "a new folder on the other side's database host: all that would be lost")
          @Nullable String export,
      @Parameters(paramLabel = "SIDE", description = "the one that will be main") String side) {
    return DatabasePreviewText.show(connection, side, export);
  }
}
