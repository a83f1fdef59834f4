package org.gemel.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a completion script for a shell.",
    footer = {"", "Example:", "  source <(gemel completion bash)"})
public final class Completion implements Runnable {
  /** The shells there are scripts for. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell = Shell.bash;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Override
  public void run() {
    CommandLine root = command.root().commandLine();
    String script =
        switch (shell) {
          case bash -> AutoComplete.bash("gemel", root);
          case zsh ->
              "autoload -Uz +X bashcompinit && bashcompinit\n" + AutoComplete.bash("gemel", root);
          case fish -> fish(root);
        };
    command.commandLine().getOut().print(script);
    command.commandLine().getOut().flush();
  }

  private static String fish(CommandLine root) {
    StringBuilder script = new StringBuilder("complete -c gemel -f\n");
    root.getSubcommands()
        .forEach(
            (name, sub) -> {
              script
                  .append("complete -c gemel -n __fish_use_subcommand -a ")
                  .append(name)
                  .append('\n');
              sub.getSubcommands()
                  .keySet()
                  .forEach(
                      child ->
                          script
                              .append("complete -c gemel -n '__fish_seen_subcommand_from ")
                              .append(name)
                              .append("' -a ")
                              .append(child)
                              .append('\n'));
            });
    return script.toString();
  }
}
