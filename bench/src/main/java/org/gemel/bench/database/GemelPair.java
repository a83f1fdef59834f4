package org.gemel.bench.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Running;
import org.gemel.bench.process.Started;
import org.gemel.bench.process.Timed;
import tools.jackson.databind.JsonNode;

/**
 * Gemel with the fewest parts that make a pair of databases: two servers, an agent beside each, a
 * control point. No folders, no other devices.
 */
public final class GemelPair implements SwitchedPair {
  public static final String NAME = "gemel run start switch";
  private static final Duration START = Duration.ofMinutes(2);
  private static final int LOOKS = 200;

  private final Started started;
  private final List<PostgresServer> servers;
  private final List<Running> agents = new ArrayList<>();
  private final GemelControl control;
  private final String clientPassword;
  private final String replicationPassword = Fresh.secret();
  private final Path folder;
  private final Path launcher;
  private int main;
  private String account = "";

  private GemelPair(
      Started started,
      List<PostgresServer> servers,
      GemelControl control,
      String clientPassword,
      Path folder,
      Path launcher) {
    this.started = started;
    this.servers = servers;
    this.control = control;
    this.clientPassword = clientPassword;
    this.folder = folder;
    this.launcher = launcher;
  }

  /**
   * Starts all of it, or leaves nothing of it running; the first server is main, and the other one
   * has a copy.
   *
   * @param rows in the table that stands still
   */
  public static GemelPair start(Path launcher, Path folder, Timed timed, Path scratch, int rows)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<PostgresServer> servers = new ArrayList<>();
    String clientPassword = Fresh.secret();
    Started started = new Started();
    boolean whole = false;
    try {
      for (String side : List.of("x", "y")) {
        PostgresServer server =
            PostgresServer.start(folder.resolve("database-" + side), timed, scratch);
        started.add(server::close);
        servers.add(server);
        Orders.make(server.administrator("postgres"), clientPassword);
      }
      Orders.fill(servers.getFirst().administrator("postgres"), rows);
      GemelControl control = GemelControl.start(launcher, folder.resolve("control"), scratch);
      started.add(control::close);
      GemelPair pair = new GemelPair(started, servers, control, clientPassword, folder, launcher);
      pair.establish(timed, scratch);
      whole = true;
      return pair;
    } catch (SQLException e) {
      throw new IOException("Gemel's pair could not be made: " + e.getMessage(), e);
    } finally {
      if (!whole) {
        started.close();
      }
    }
  }

  private void establish(Timed timed, Path scratch) throws IOException, InterruptedException {
    control.post("/pairs", Map.of("name", "shop", "main", "storage-x", "backup", "storage-y"));
    for (int side = 0; side < 2; side++) {
      GemelAgent agent =
          new GemelAgent(
              launcher,
              folder,
              control,
              side(side),
              servers.get(side),
              servers.get(1 - side),
              replicationPassword,
              clientPassword);
      Running running = agent.join(timed, scratch);
      started.add(running::close);
      agents.add(running);
    }
    awaitAgents();
    control.run("establish-x-main", "Y");
  }

  private static String side(int side) {
    return side == 0 ? "X" : "Y";
  }

  private void awaitAgents() throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      boolean all = true;
      for (JsonNode device : control.get("/devices")) {
        all &= device.get("reachable").asBoolean();
      }
      if (all) {
        return;
      }
      if (System.nanoTime() - began > START.toNanos()) {
        throw new IOException("the agents do not report: " + agents.getFirst().err());
      }
      Thread.sleep(100);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Access> clients() {
    return servers.stream()
        .map(s -> s.administrator(Orders.DATABASE).as(Orders.CLIENT, clientPassword))
        .toList();
  }

  @Override
  public Access main() {
    return servers.get(main).administrator(Orders.DATABASE);
  }

  @Override
  public void change() throws IOException, InterruptedException {
    String workflow = main == 0 ? "switch-x-to-y" : "switch-y-to-x";
    JsonNode run = control.run(workflow, side(main));
    main = 1 - main;
    StringBuilder steps = new StringBuilder();
    for (JsonNode step : run.get("steps")) {
      steps.append(step.toString()).append('\n');
    }
    account = steps.toString();
  }

  /** The way into one side: 0 for X, which is main from the start. */
  public Access administrator(int side) {
    return servers.get(side).administrator(Orders.DATABASE);
  }

  public Access client(int side) {
    return clients().get(side);
  }

  /** The command that starts the replication from X, overwriting Y, and waits until Y follows. */
  public Launch start(Path scratch, String... options) throws IOException {
    Path token = PrivateFile.write(scratch.resolve("token"), control.token());
    List<String> line =
        new ArrayList<>(List.of(launcher.toString(), "database", "start", "X", "--confirm", "Y"));
    line.addAll(List.of(options));
    line.addAll(List.of("--control", control.url(), "--token-file", token.toString()));
    return Launch.of(line);
  }

  /** The data folder of one side's server. */
  Path data(int side) {
    return servers.get(side).folder();
  }

  /** How long the control point's newest run took, or single control. */
  public double lastRunSeconds() throws IOException, InterruptedException {
    JsonNode run = control.get("/runs").get(0);
    return Duration.between(
                Instant.parse(run.get("startedAt").asString()),
                Instant.parse(run.get("endedAt").asString()))
            .toMillis()
        / 1e3;
  }

  /**
   * Makes the backup's database anew, and takes from main what replicated to it, whoever made it.
   * Not by Gemel's own stop: from then on each side would note what the other contestants write.
   */
  public void freshBackup() throws IOException {
    try {
      Access backup = administrator(1);
      Replicated.end(backup);
      Replicated.end(administrator(0));
      backup
          .to("postgres")
          .run(
              "DROP DATABASE " + Orders.DATABASE + " WITH (FORCE)",
              "CREATE DATABASE " + Orders.DATABASE);
    } catch (SQLException e) {
      throw new IOException("the backup could not be made anew: " + e.getMessage(), e);
    }
  }

  /** Gives the backup its role, which a new database has not. */
  public void markBackup() throws IOException, InterruptedException {
    control.operate(Map.of("name", "database-set-backup", "side", "Y", "devices", List.of()));
  }

  /**
   * Holds all processes of Gemel still: while others are measured nothing of it is at work. Never
   * within a transaction of theirs, which others would wait for.
   */
  public void rest() throws IOException, InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      for (Running agent : agents) {
        agent.signal("STOP");
      }
      if (!withinTransaction(0) && !withinTransaction(1)) {
        control.signal("STOP");
        return;
      }
      for (Running agent : agents) {
        agent.signal("CONT");
      }
      Thread.sleep(20);
    }
    throw new IOException("found transactions of the agents open at each look, wanted none");
  }

  private boolean withinTransaction(int side) throws IOException {
    try {
      return administrator(side)
              .number(
                  "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                      + " AND backend_type = 'client backend' AND xact_start IS NOT NULL"
                      + " AND pid <> pg_backend_pid()")
          > 0;
    } catch (SQLException e) {
      throw new IOException("the sessions of a server cannot be read: " + e.getMessage(), e);
    }
  }

  /** Lets them go on, until what they tell is of now. */
  public void wake() throws IOException, InterruptedException {
    control.signal("CONT");
    for (Running agent : agents) {
      agent.signal("CONT");
    }
    awaitAgents();
  }

  @Override
  public String account() {
    return account;
  }

  @Override
  public void close() {
    started.close();
  }
}
