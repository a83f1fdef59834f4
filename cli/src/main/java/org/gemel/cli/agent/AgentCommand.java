package org.gemel.cli.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.gemel.agent.Agent;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.kept.OwnFiles;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.config.ConfigurationFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gemel agent}: the agent of this device, until it is ended. */
@Command(
    name = "agent",
    description =
        "Runs the agent of this device until it is ended. Services run on after that, unless its file or"
            + " --stop-services says otherwise; the next agent takes them up.",
    subcommands = JoinCommand.class,
    footer = {"", "Example: gemel agent --config /etc/gemel/agent.yaml"})
public final class AgentCommand implements Callable<Integer> {
  @Option(names = "--config", description = "its configuration file")
  private @Nullable Path config;

  @Option(names = "--stop-services", description = "services end with the agent")
  private boolean stopServices;

  @Override
  public Integer call() throws InterruptedException {
    if (config == null) {
      throw new Failure(
          ExitCode.USAGE,
          "found no --config, wanted the agent's file: name it, or see `gemel agent join --help`");
    }
    try {
      var file = AgentConfiguration.load(config);
      var agent =
          Agent.start(
              stopServices ? file.withServicesStoppedOnExit() : file,
              OwnFiles.of(config, file),
              InstantSource.system());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(agent), "end"));
      agent.awaitBroken();
      return 0;
    } catch (ConfigurationFault e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static void end(Agent agent) {
    try {
      agent.end();
    } catch (IOException e) {
      System.err.println("gemel agent: while ending: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
