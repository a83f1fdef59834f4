package org.gemel.bench.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Running;
import org.gemel.bench.process.Timed;
import tools.jackson.databind.json.JsonMapper;

/** The agent of one side, with nothing to look after but that side's database. */
record GemelAgent(
    Path launcher,
    Path folder,
    GemelControl control,
    String side,
    PostgresServer own,
    PostgresServer partner,
    String replicationPassword,
    String clientPassword) {

  /** Makes it known, has it joined, and starts it. */
  Running join(Timed timed, Path scratch) throws IOException, InterruptedException {
    String device = "database-" + side.toLowerCase(Locale.ROOT);
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
            side));
    String token = control.post("/join-tokens", Map.of("device", device)).get("token").asString();
    Path home = Files.createDirectories(folder.resolve("agent-" + device));
    String address = "127.0.0.1:" + control.agentsPort();
    timed.require(
        Launch.of(
            launcher.toString(),
            "agent",
            "join",
            "--control",
            address,
            "--identity",
            home.resolve("identity").toString(),
            "--token",
            token));
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("device", device);
    file.put("control", List.of(address));
    file.put("identity", home.resolve("identity").toString());
    file.put("state", home.resolve("state").toString());
    file.put("reportInterval", "1s");
    file.put("database", database());
    // JSON is YAML as well.
    Path written =
        PrivateFile.write(home.resolve("agent.yaml"), JsonMapper.shared().writeValueAsString(file));
    return Running.start(
        "gemel agent",
        Launch.of(launcher.toString(), "agent", "--config", written.toString()),
        scratch);
  }

  private Map<String, Object> database() {
    Map<String, String> replication = user("gemel_replication", replicationPassword);
    Access administrator = own.administrator(Orders.DATABASE);
    Map<String, Object> here = place(own);
    here.put("administrator", user(administrator.user(), administrator.password()));
    here.put("replication", replication);
    Map<String, Object> there = place(partner);
    there.put("replication", replication);
    Map<String, Object> database = new LinkedHashMap<>();
    database.put("side", side);
    database.put("pair", "shop");
    database.put("own", here);
    database.put("partner", there);
    database.put("applicationRoles", List.of(Orders.CLIENT));
    database.put("observerRoles", List.of());
    database.put("countedTable", "public.orders");
    database.put("probe", user(Orders.CLIENT, clientPassword));
    database.put(
        "physical",
        Map.of(
            "programs", Programs.folder().toString(),
            "data", own.folder().toString(),
            "stop", own.stopLine(),
            "start", own.startLine()));
    return database;
  }

  private static Map<String, Object> place(PostgresServer server) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("host", "127.0.0.1");
    place.put("port", server.port());
    place.put("database", Orders.DATABASE);
    return place;
  }

  private static Map<String, String> user(String name, String password) {
    return Map.of("user", name, "password", password);
  }
}
