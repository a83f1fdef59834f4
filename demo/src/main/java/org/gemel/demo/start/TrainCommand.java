package org.gemel.demo.start;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.gemel.agent.Agent;
import org.gemel.agent.Enrolment;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.configuration.ControlAddress;
import org.gemel.cli.Gemel;
import org.gemel.cli.client.ClientSettings;
import org.gemel.cli.client.ControlClient;
import org.gemel.control.server.ControlConfiguration;
import org.gemel.control.server.ControlServer;
import org.gemel.wire.JoinToken;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

/**
 * Uses much of Gemel once in one process, so that the Java machine can write down which classes it
 * needs and keep them ready for later starts. Leaves nothing behind.
 */
@Command(
    name = "train",
    hidden = true,
    description = "Loads the classes that later starts need; part of building.")
public final class TrainCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("gemel-train");
    try {
      train(folder);
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void train(Path folder) throws IOException, InterruptedException {
    Path control = folder.resolve("control.yaml");
    Files.writeString(
        control,
        """
        state: state
        console: {host: 127.0.0.1, port: 0}
        agents: {host: 127.0.0.1, port: 0}
        names: [localhost]
        """);
    try (ControlServer server = ControlServer.start(ControlConfiguration.load(control))) {
      Administrator administrator =
          new Administrator(folder, folder.resolve("state"), server.url());
      ControlClient client = administrator.logIn();
      client.post(
          "/devices", Map.of("name", "train", "attachment", "ASSOCIATED", "components", List.of()));
      String token =
          JSON.readTree(client.post("/join-tokens", Map.of("device", "train")))
              .get("token")
              .asString();
      ControlAddress address = new ControlAddress("127.0.0.1", server.agentsPort());
      Enrolment.join(address, JoinToken.parse(token), folder.resolve("identity"));
      Path file = folder.resolve("agent.yaml");
      Files.writeString(
          file,
          """
          device: train
          control: [%s]
          identity: identity
          state: agent
          services:
            - {name: nothing, command: [sleep, "60"], environment: {}, log: nothing.log}
          """
              .formatted(address));
      Agent agent =
          Agent.start(AgentConfiguration.load(file).withServicesStoppedOnExit(), Clock.systemUTC());
      awaitReport(client);
      use(folder, server.url(), administrator);
      agent.end();
    }
  }

  private static void awaitReport(ControlClient client) throws InterruptedException {
    for (int look = 0; look < 100; look++) {
      if (JSON.readTree(client.get("/devices")).get(0).get("reachable").asBoolean()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("the agent of the training run never reported");
  }

  private static void use(Path folder, String url, Administrator administrator) {
    String config = folder.resolve("client.yaml").toString();
    for (List<String> line :
        List.of(
            List.of("status", "--config", config),
            List.of("status", "-o", "json", "--config", config),
            List.of("workflow", "show", "switch-x-to-y", "--config", config),
            List.of("run", "list", "--config", config),
            List.of("audit", "--config", config),
            List.of("--help"))) {
      StringWriter out = new StringWriter();
      Gemel.run(new PrintWriter(out), new PrintWriter(out), line.toArray(String[]::new));
    }
    try {
      new ControlClient(new ClientSettings(List.of(url), null, null)).get("/health");
      administrator.passwordWasShown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
