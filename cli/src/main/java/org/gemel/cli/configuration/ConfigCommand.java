package org.gemel.cli.configuration;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gemel config}: configuration files, here and kept. */
@Command(
    name = "config",
    description =
        "Checks a configuration file, or sets up a replacement from what is kept on a storage system.",
    subcommands = {CheckCommand.class, RetrieveCommand.class},
    footer = {
      "",
      "Examples:",
      "  gemel config check /etc/gemel/agent.yaml",
      "  gemel config retrieve --from /mnt/x/Configuration           what is kept there",
      "  gemel config retrieve nas-x --from /mnt/x/Configuration     set this machine up as nas-x"
    },
    mixinStandardHelpOptions = true)
public final class ConfigCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        requireNonNull(spec).commandLine(), "found no word after config, wanted check or retrieve");
  }
}
