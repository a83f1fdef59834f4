package org.gemel.bench.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Running;
import org.gemel.bench.process.Started;
import org.gemel.bench.process.Timed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gemel with the fewest parts that make a pair of databases: two servers, an agent beside each, a
 * control point. No folders, no other devices.
 */
public final class GemelPair implements SwitchedPair {
  public static final String NAME = "gemel run start switch";
  private static final Duration START = Duration.ofMinutes(2);

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
      join(side, timed, scratch);
    }
    awaitAgents();
    control.run("establish-x-main", "Y");
  }

  private void join(int side, Timed timed, Path scratch) throws IOException, InterruptedException {
    String device = "database-" + "xy".charAt(side);
    control.post(
        "/devices",
        Map.of(
            "name",
            device,
            "attachment",
            "DEDICATED",
            "components",
            List.of("DATABASE_SERVER"),
            "side",
            side(side)));
    String token = control.post("/join-tokens", Map.of("device", device)).get("token").asString();
    Path home = Files.createDirectories(folder.resolve("agent-" + device));
    timed.require(
        Launch.of(
            launcher.toString(),
            "agent",
            "join",
            "--control",
            "127.0.0.1:" + control.agentsPort(),
            "--identity",
            home.resolve("identity").toString(),
            "--token",
            token));
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("device", device);
    file.put("control", List.of("127.0.0.1:" + control.agentsPort()));
    file.put("identity", home.resolve("identity").toString());
    file.put("state", home.resolve("state").toString());
    file.put("reportInterval", "1s");
    file.put("database", database(side));
    // JSON is YAML as well.
    Path written =
        PrivateFile.write(home.resolve("agent.yaml"), JsonMapper.shared().writeValueAsString(file));
    Running agent =
        Running.start(
            "gemel agent",
            Launch.of(launcher.toString(), "agent", "--config", written.toString()),
            scratch);
    started.add(agent::close);
    agents.add(agent);
  }

  private Map<String, Object> database(int side) {
    Map<String, String> replication = user("gemel_replication", replicationPassword);
    Access administrator = servers.get(side).administrator(Orders.DATABASE);
    Map<String, Object> own = place(side);
    own.put("administrator", user(administrator.user(), administrator.password()));
    own.put("replication", replication);
    Map<String, Object> partner = place(1 - side);
    partner.put("replication", replication);
    Map<String, Object> database = new LinkedHashMap<>();
    database.put("side", side(side));
    database.put("pair", "shop");
    database.put("own", own);
    database.put("partner", partner);
    database.put("applicationRoles", List.of(Orders.CLIENT));
    database.put("observerRoles", List.of());
    database.put("countedTable", "public.orders");
    database.put("probe", user(Orders.CLIENT, clientPassword));
    return database;
  }

  private Map<String, Object> place(int side) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("host", "127.0.0.1");
    place.put("port", servers.get(side).port());
    place.put("database", Orders.DATABASE);
    return place;
  }

  private static Map<String, String> user(String name, String password) {
    return Map.of("user", name, "password", password);
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

  @Override
  public String account() {
    return account;
  }

  @Override
  public void close() {
    started.close();
  }
}
