package org.gemel.demo.start;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.gemel.cli.client.ControlClient;
import org.gemel.demo.facility.Device;
import org.gemel.demo.facility.Facility;
import org.gemel.demo.supervisor.ChildSpec;
import org.gemel.demo.supervisor.Restart;
import org.gemel.demo.supervisor.Supervisor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts everything of a facility in the order in which it needs each other, and side by side where
 * it does not: databases beside control point, then agents, then, at the first start, the pair.
 */
public final class FacilityStart {
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int DATABASES = 1;
  private static final int CONTROL = 2;
  private static final int AGENTS = 3;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Facility facility;
  private final Supervisor supervisor;
  private final Consumer<String> says;

  /**
   * @param says takes a line on what is being done
   */
  public FacilityStart(Facility facility, Supervisor supervisor, Consumer<String> says) {
    this.facility = facility;
    this.supervisor = supervisor;
    this.says = says;
  }

  /**
   * What a person needs to begin.
   *
   * @param password empty where it was shown at an earlier start
   */
  public record Ready(String url, String user, Optional<String> password) {}

  /**
   * Starts it; returns when the pair is up: established at the first start, as it was left at
   * others.
   */
  public Ready start(Path cache) throws IOException, InterruptedException {
    ControlPointProcess control = new ControlPointProcess(facility, supervisor, CONTROL);
    says.accept("starting the control point and two PostgreSQL servers");
    control.start();
    AgentFiles files = new AgentFiles(facility);
    Administrator administrator =
        new Administrator(facility.folder(), control.stateFolder(), control.url());
    ControlClient client;
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Future<?> databases =
          threads.submit(
              () -> {
                new Databases(facility, supervisor, DATABASES).start(cache);
                return true;
              });
      files.write();
      awaitControl(control);
      client = administrator.logIn();
      says.accept("letting " + Device.all().size() + " devices join");
      new Enrolling(facility, files, client).enrol();
      startAgents(files);
      databases.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException("the databases could not be started", e.getCause());
    }
    awaitAgents(client);
    if (JSON.readTree(client.get("/api/v1/runs")).isEmpty()) {
      establish(client);
    }
    Optional<String> password = administrator.unshownPassword();
    administrator.passwordWasShown();
    return new Ready(control.url(), Administrator.NAME, password);
  }

  private void startAgents(AgentFiles files) throws IOException {
    says.accept("starting their agents");
    for (Device device : Device.all()) {
      supervisor.start(
          new ChildSpec(
              device.name(),
              GemelProcess.command(
                  "96m", java.util.List.of(), "agent", "--config", files.file(device).toString()),
              Map.of(),
              facility.home(device),
              Restart.ALWAYS,
              AGENTS));
    }
  }

  private void awaitControl(ControlPointProcess control) throws IOException, InterruptedException {
    ControlClient nobody =
        new ControlClient(
            new org.gemel.cli.client.ClientSettings(java.util.List.of(control.url()), null, null));
    Instant until = Instant.now().plus(READY_WITHIN);
    while (true) {
      try {
        nobody.get("/api/v1/health");
        return;
      } catch (RuntimeException notYet) {
        if (Instant.now().isAfter(until)) {
          throw new IOException(
              "the control point does not answer at "
                  + control.url()
                  + "; see "
                  + supervisor.log(ControlPointProcess.NAME),
              notYet);
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
  }

  private void awaitAgents(ControlClient client) throws IOException, InterruptedException {
    Instant until = Instant.now().plus(READY_WITHIN);
    while (true) {
      StringBuilder missing = new StringBuilder();
      for (JsonNode device : JSON.readTree(client.get("/api/v1/devices"))) {
        if (!device.get("reachable").asBoolean()) {
          missing.append(' ').append(device.get("name").asString());
        }
      }
      if (missing.isEmpty()) {
        return;
      }
      if (Instant.now().isAfter(until)) {
        throw new IOException(
            "these agents have not reported:" + missing + "; see the folder log of the facility");
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private void establish(ControlClient client) throws IOException, InterruptedException {
    says.accept("making X main and Y its backup");
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("workflow", "establish-x-main");
    request.put("automatic", true);
    request.put("tickManual", true);
    request.put("confirm", "Y");
    String id = JSON.readTree(client.post("/api/v1/runs", request)).get("id").asString();
    Instant until = Instant.now().plus(READY_WITHIN);
    while (true) {
      JsonNode run = JSON.readTree(client.get("/api/v1/runs/" + id));
      switch (run.get("state").asString()) {
        case "FINISHED" -> {
          return;
        }
        case "RUNNING" -> {
          if (Instant.now().isAfter(until)) {
            throw new IOException("the pair is not up yet: " + run.get("words").asString());
          }
          Thread.sleep(BETWEEN_LOOKS);
        }
        default ->
            throw new IOException("the pair could not be made: " + run.get("words").asString());
      }
    }
  }
}
