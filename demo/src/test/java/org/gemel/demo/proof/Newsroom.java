package org.gemel.demo.proof;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gemel.core.Side;
import org.gemel.demo.facility.Device;
import org.gemel.demo.facility.Facility;
import org.gemel.demo.facility.NewsroomSchema;
import org.gemel.demo.supervisor.TestProcesses;
import org.gemel.demo.workload.Journal;
import org.gemel.demo.workload.Phase;
import org.gemel.demo.workload.WorkloadProgram;
import org.gemel.postgres.PostgresBinaries;
import org.gemel.postgres.PostgresFailure;
import org.gemel.postgres.PostgresServer;
import org.gemel.postgres.PostgresSettings;

/** A facility with real databases and real workloads, but without Gemel: tests play its part. */
final class Newsroom implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(60);
  private static final Path BINARIES = Path.of("target", "postgres-cache");

  final Facility facility;
  private final List<PostgresServer> servers = new ArrayList<>();
  private final List<Process> workloads = new ArrayList<>();

  Newsroom(Path dir) throws IOException, InterruptedException {
    this.facility = Facility.open(dir, Map.of(), Instant.now());
  }

  void startDatabase(Side side) throws Exception {
    PostgresServer server =
        PostgresServer.create(
            PostgresBinaries.unpack(BINARIES),
            facility.database(side),
            facility.databasePort(side),
            facility.password("database-administrator"),
            PostgresSettings.standard());
    servers.add(server);
    server
        .command()
        .processBuilder()
        .redirectErrorStream(true)
        .redirectOutput(facility.folder().resolve("database-" + side + ".log").toFile())
        .start();
    server.awaitReady(LONG);
    NewsroomSchema.apply(
        facility.administrator(side, "postgres"),
        facility.administrator(side, NewsroomSchema.DATABASE),
        facility.password(NewsroomSchema.APPLICATION),
        facility.password(NewsroomSchema.OBSERVER));
  }

  void letClientsInto(Side side) throws Exception {
    NewsroomSchema.letClientsIn(facility.administrator(side, "postgres"));
  }

  void shutClientsOutOf(Side side) throws Exception {
    NewsroomSchema.shutClientsOut(facility.administrator(side, "postgres"));
  }

  void crashDatabase() throws Exception {
    PostgresServer server = servers.removeLast();
    server.process().orElseThrow().destroyForcibly();
    await().atMost(LONG).until(() -> !server.isAlive());
  }

  long databasesAlive() {
    return servers.stream().filter(PostgresServer::isAlive).count();
  }

  Process work(String kind, String device) throws IOException {
    List<String> command =
        TestProcesses.java(
            WorkloadProgram.class, kind, "--config", facility.workload(device(device)).toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(facility.folder().resolve(device + ".log").toFile())
            .start();
    workloads.add(process);
    return process;
  }

  long count(String device, Phase phase) throws IOException {
    return Journal.read(facility.journal(device(device))).stream()
        .filter(line -> line.phase() == phase)
        .count();
  }

  void awaitMore(String device, Phase phase, int more) throws IOException {
    long wanted = count(device, phase) + more;
    await().atMost(LONG).until(() -> count(device, phase) >= wanted);
  }

  static Device device(String name) {
    return Device.all().stream()
        .filter(device -> device.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  Proof.Verdict nothingLost(Side side) throws IOException, SQLException {
    return Proof.nothingLost(facility.journals(), Proof.SideParts.of(facility, side), List.of());
  }

  Proof.Verdict sidesEqual() throws IOException, SQLException {
    return Proof.sidesEqual(
        Proof.SideParts.of(facility, Side.X), Proof.SideParts.of(facility, Side.Y));
  }

  void execute(Side side, String sql) throws IOException, SQLException {
    try (Connection connection = facility.administrator(side, NewsroomSchema.DATABASE).open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void copyVolumeToY() throws Exception {
    String script = "cp -a \"$1\"/[!.]* \"$2\"/ && touch -r \"$1\" \"$2\"";
    Process copy =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                script,
                "sh",
                facility.volume(Side.X).toString(),
                facility.volume(Side.Y).toString())
            .start();
    if (copy.waitFor() != 0) {
      throw new IOException(
          new String(copy.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    for (Process workload : workloads) {
      workload.destroyForcibly().onExit().join();
    }
    for (PostgresServer server : servers) {
      try {
        server.stop(LONG);
      } catch (InterruptedException | PostgresFailure e) {
        throw new IOException("a test's database does not stop", e);
      }
    }
  }
}
