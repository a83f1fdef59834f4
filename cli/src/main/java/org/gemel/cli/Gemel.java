package org.gemel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.gemel.cli.client.ClientCommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/**
 * The {@code gemel} program. Only the subcommand that is called is built, for a person waits for
 * {@code gemel status} at three in the morning; help builds them all.
 */
@Command(
    name = "gemel",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Keeps two storage systems mirrored one way, and switches, splits and rejoins them.",
    footer = {
      "",
      "Examples:",
      "  gemel login http://control:8080         log in and remember it",
      "  gemel status --watch                    the pair at a glance",
      "  gemel run start switch-x-to-y --auto    switch, stopping where a person is needed",
      "",
      "Exit codes: 0 done, 1 failed and nothing changed, 2 usage, 3 not ready, 4 stopped half-way,",
      "5 refused as unsafe, 6 cannot reach, 7 timed out, 8 not allowed, 9 state unknown."
    })
public final class Gemel {
  private static final Set<String> EVERYWHERE =
      Set.of("--config", "--control", "--token-file", "-o", "--output");

  private Gemel() {}

  public static void main(String[] arguments) {
    ParentWatch.startIfAsked(System.getenv());
    System.exit(run(writer(System.out), writer(System.err), arguments));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, UTF_8), true);
  }

  /** Runs one command line and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter error, String... typed) {
    String[] arguments = optionsLast(typed);
    CommandLine root = commandLine(arguments);
    root.setOut(out).setErr(error);
    root.setColorScheme(CommandLine.Help.defaultColorScheme(colour() ? Ansi.ON : Ansi.OFF));
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (e instanceof Failure failure) {
            command.getErr().println("gemel: " + failure.getMessage());
            return failure.code().code();
          }
          command.getErr().println("gemel: failed within the command itself: " + e);
          e.printStackTrace(command.getErr());
          return ExitCode.UNKNOWN.code();
        });
    return root.execute(List.of(arguments).stream().map(Gemel::apart).toArray(String[]::new));
  }

  /** A bare {@code --wait} must not take the word after it for its duration. */
  private static String apart(String argument) {
    return argument.equals("--wait") ? "--wait=" : argument;
  }

  /**
   * Options that every command has may stand before its name too, as an alias of {@code gemel
   * --config FILE} wants it: they are moved to the end.
   */
  static String[] optionsLast(String... typed) {
    int name = 0;
    while (name + 1 < typed.length && EVERYWHERE.contains(typed[name])) {
      name += 2;
    }
    List<String> arguments = new ArrayList<>(List.of(typed).subList(name, typed.length));
    arguments.addAll(List.of(typed).subList(0, name));
    return arguments.toArray(String[]::new);
  }

  static CommandLine commandLine(String... arguments) {
    CommandLine root = new CommandLine(new Gemel());
    Map<String, Supplier<Object>> commands = new TreeMap<>(ClientCommands.all());
    String called =
        List.of(arguments).stream().filter(a -> !a.startsWith("-")).findFirst().orElse("");
    Supplier<Object> one = commands.get(called);
    if (one != null && !called.equals("completion")) {
      root.addSubcommand(called, one.get());
      return root;
    }
    for (CommandContribution contribution : ServiceLoader.load(CommandContribution.class)) {
      commands.putIfAbsent(contribution.name(), contribution::command);
    }
    one = commands.get(called);
    if (one != null && !called.equals("completion")) {
      root.addSubcommand(called, one.get());
    } else {
      commands.forEach((name, command) -> root.addSubcommand(name, command.get()));
    }
    return root;
  }

  private static boolean colour() {
    String noColour = System.getenv("NO_COLOR");
    return (noColour == null || noColour.isEmpty()) && Terminal.find().isPresent();
  }
}
