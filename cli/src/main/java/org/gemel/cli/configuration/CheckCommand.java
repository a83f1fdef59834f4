package org.gemel.cli.configuration;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.mirror.ServeConfiguration;
import org.gemel.config.ConfigurationFault;
import org.gemel.control.server.ControlConfiguration;
import org.gemel.mirror.MirrorProfileFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code gemel config check}: says every fault of a file, with its line and column. Which of the
 * programs the file is for is not asked: it is for the one that finds the fewest faults in it.
 */
@Command(
    name = "check",
    description = "Says every fault of a configuration file, with its line and column.",
    footer = {
      "",
      "The file may be an agent's, a control point's, a mirror profile or that of `gemel mirror serve`.",
      "",
      "Example: gemel config check /etc/gemel/agent.yaml",
      "",
      "Exit codes: 0 no fault, 2 faults."
    },
    mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
  private static final Map<String, Consumer<Path>> KINDS = kinds();

  @Parameters(paramLabel = "FILE", description = "the file; it is only read")
  private Path file = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  private static Map<String, Consumer<Path>> kinds() {
    var kinds = new LinkedHashMap<String, Consumer<Path>>();
    kinds.put("an agent's file", AgentConfiguration::load);
    kinds.put("a control point's file", ControlConfiguration::load);
    kinds.put("a mirror profile", MirrorProfileFile::load);
    kinds.put("the file of a mirror that serves", ServeConfiguration::load);
    return kinds;
  }

  @Override
  public Integer call() {
    var faults = new LinkedHashMap<String, ConfigurationFault>();
    for (var kind : KINDS.entrySet()) {
      try {
        kind.getValue().accept(file);
        requireNonNull(spec)
            .commandLine()
            .getOut()
            .println(file + ": " + kind.getKey() + ", no fault");
        return 0;
      } catch (ConfigurationFault fault) {
        faults.put(kind.getKey(), fault);
      }
    }
    var nearest =
        faults.entrySet().stream()
            .min(Comparator.comparingInt(each -> each.getValue().faults().size()))
            .orElseThrow();
    throw new Failure(
        ExitCode.USAGE, "read as " + nearest.getKey() + ":\n" + nearest.getValue().getMessage());
  }
}
