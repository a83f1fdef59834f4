package org.gemel.bench.database;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.Running;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A control point of this run, asked over its API as anybody asks it. */
final class GemelControl implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Running process;
  private final String url;
  private final int agentsPort;
  private String token = "";

  private GemelControl(Running process, String url, int agentsPort) {
    this.process = process;
    this.url = url;
    this.agentsPort = agentsPort;
  }

  static GemelControl start(Path launcher, Path folder, Path scratch)
      throws IOException, InterruptedException {
    int console = Fresh.port();
    int agents = Fresh.port();
    Files.createDirectories(folder);
    Path file =
        Files.writeString(
            folder.resolve("control.yaml"),
            """
            state: state
            console: {host: 127.0.0.1, port: %d}
            agents: {host: 127.0.0.1, port: %d}
            names: [localhost, 127.0.0.1]
            keeperPort: %d
            reportInterval: 1s
            """
                .formatted(console, agents, Fresh.port()));
    Running process =
        Running.start(
            "gemel control",
            Launch.of(launcher.toString(), "control", "--config", file.toString()),
            scratch);
    GemelControl control = new GemelControl(process, "http://127.0.0.1:" + console, agents);
    boolean entered = false;
    try {
      process.await("answering", START, control::answers);
      control.enter(folder);
      entered = true;
      return control;
    } finally {
      if (!entered) {
        control.close();
      }
    }
  }

  private void enter(Path folder) throws IOException, InterruptedException {
    String password = Files.readString(folder.resolve("state/initial-password")).strip();
    token =
        post("/login", Map.of("name", "admin", "password", password, "purpose", "bench"))
            .get("token")
            .asString();
  }

  private boolean answers() {
    try {
      get("/health");
      return true;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  int agentsPort() {
    return agentsPort;
  }

  String url() {
    return url;
  }

  String token() {
    return token;
  }

  void signal(String signal) throws IOException, InterruptedException {
    process.signal(signal);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  JsonNode post(String path, Map<String, ?> document) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(document))));
  }

  /** Has a workflow done to its end; fails with what stopped it. */
  JsonNode run(String workflow, String overwritten) throws IOException, InterruptedException {
    return toItsEnd(
        workflow,
        post(
            "/runs",
            Map.of(
                "workflow",
                workflow,
                "automatic",
                true,
                "tickManual",
                true,
                "confirm",
                overwritten)));
  }

  /** Has a single control done to its end; fails with what stopped it. */
  JsonNode operate(Map<String, ?> operation) throws IOException, InterruptedException {
    return toItsEnd(operation.toString(), post("/operations", operation));
  }

  private JsonNode toItsEnd(String what, JsonNode begun) throws IOException, InterruptedException {
    String id = begun.get("id").asString();
    while (true) {
      JsonNode run = get("/runs/" + id);
      String state = run.get("state").asString();
      if (state.equals("FINISHED")) {
        return run;
      }
      if (!state.equals("RUNNING")) {
        throw new IOException(what + " ended " + state + ": " + run.get("words").asString());
      }
      Thread.sleep(POLL);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1" + path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(
          "the control point answered " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body().isBlank() ? "{}" : answer.body());
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }
}
