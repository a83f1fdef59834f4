package org.gemel.demo.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.core.Side;
import org.gemel.demo.facility.Device;
import org.gemel.demo.facility.Facility;
import org.gemel.demo.facility.NewsroomSchema;
import org.gemel.demo.workload.VolumeMarker;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Writes the file of each device's agent; anew at every start, for ports may have changed. */
final class AgentFiles {
  private static final String PAIR = "newsroom";
  private static final String REPLICATION_USER = "gemel_replication";

  private final Facility facility;

  AgentFiles(Facility facility) {
    this.facility = facility;
  }

  /** Where the agent's file of a device is. */
  Path file(Device device) {
    return facility.home(device).resolve("config/agent.yaml");
  }

  /** The folder with the identity of a device. */
  Path identity(Device device) {
    return facility.home(device).resolve("identity");
  }

  void write() throws IOException {
    for (Device device : Device.all()) {
      Path file = file(device);
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, YAMLMapper.shared().writeValueAsString(document(device)));
    }
  }

  private Map<String, Object> document(Device device) throws IOException {
    Path home = facility.home(device);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("device", device.name());
    document.put("control", List.of("127.0.0.1:" + facility.port("agents")));
    document.put("identity", identity(device).toString());
    document.put("state", home.resolve("agent").toString());
    document.put("reportInterval", "1s");
    document.put("stopServicesOnExit", true);
    document.put("services", services(device));
    switch (device.kind()) {
      case NAS_HEAD -> document.put("folderMirror", folderMirror(device.dedicated().orElseThrow()));
      case DATABASE_HOST -> document.put("database", database(device.dedicated().orElseThrow()));
      case EDITOR, INGEST, ENCODER -> {
        Map<String, Object> mount = new LinkedHashMap<>();
        mount.put("link", home.resolve("V").toString());
        mount.put("sides", volumes());
        document.put("mount", mount);
      }
      case BROWSE_SERVER -> {
        // Its services read a side through the variant of their configuration, not through a mount.
      }
    }
    return document;
  }

  private List<Map<String, Object>> services(Device device) {
    Path home = facility.home(device);
    return switch (device.kind()) {
      case NAS_HEAD, DATABASE_HOST -> List.of();
      case EDITOR -> List.of(service(home, "work", "editor", facility.workload(device)));
      case INGEST -> List.of(service(home, "work", "ingest", facility.workload(device)));
      case ENCODER -> List.of(service(home, "work", "encoder", facility.workload(device)));
      case BROWSE_SERVER -> browseServices(device);
    };
  }

  private List<Map<String, Object>> browseServices(Device device) {
    List<Map<String, Object>> services = new ArrayList<>();
    for (String name : facility.browseServices()) {
      Path configs = facility.browseConfigs(device, name);
      Path active = configs.resolve("service.config");
      Map<String, Object> service = service(facility.home(device), name, "browse-service", active);
      Map<String, Object> sides = new LinkedHashMap<>();
      for (Side side : Side.values()) {
        sides.put(side.name(), configs.resolve("service." + side + ".config").toString());
      }
      service.put("variants", Map.of("active", active.toString(), "sides", sides));
      services.add(service);
    }
    return services;
  }

  private static Map<String, Object> service(Path home, String name, String kind, Path config) {
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("name", name);
    service.put(
        "command",
        GemelProcess.command(
            "64m", List.of(), "demo-workload", kind, "--config", config.toString()));
    service.put("environment", Map.of());
    service.put("log", home.resolve(name + ".log").toString());
    // Only what the pair's workflows move to a side begins to work.
    service.put("autostart", false);
    return service;
  }

  private Map<String, Object> volumes() throws IOException {
    Map<String, Object> volumes = new LinkedHashMap<>();
    for (Side side : Side.values()) {
      Path folder = facility.volume(side);
      String id = VolumeMarker.read(folder).volume().toString();
      volumes.put(side.name(), Map.of("folder", folder.toString(), "volume", id));
    }
    return volumes;
  }

  private Map<String, Object> folderMirror(Side side) throws IOException {
    Map<String, Object> mirror = new LinkedHashMap<>();
    mirror.put("side", side.name());
    mirror.put("volumes", volumes());
    mirror.put("configuration", "Configuration");
    Map<String, Object> everything = new LinkedHashMap<>();
    everything.put("name", "everything");
    everything.put("schedule", "15s");
    everything.put("excludes", List.of());
    everything.put("includes", List.of());
    mirror.put("profiles", List.of(everything));
    return mirror;
  }

  private Map<String, Object> database(Side side) throws IOException {
    Map<String, String> administrator =
        credentials(
            facility.administrator(side, NewsroomSchema.DATABASE).user(),
            facility.password("database-administrator"));
    Map<String, String> replication =
        credentials(REPLICATION_USER, facility.password(REPLICATION_USER));
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("host", "127.0.0.1");
    own.put("port", facility.databasePort(side));
    own.put("database", NewsroomSchema.DATABASE);
    own.put("administrator", administrator);
    own.put("replication", replication);
    Map<String, Object> partner = new LinkedHashMap<>();
    partner.put("host", "127.0.0.1");
    partner.put("port", facility.databasePort(side.other()));
    partner.put("database", NewsroomSchema.DATABASE);
    partner.put("replication", replication);
    Map<String, Object> database = new LinkedHashMap<>();
    database.put("side", side.name());
    database.put("pair", PAIR);
    database.put("own", own);
    database.put("partner", partner);
    database.put("applicationRoles", List.of(NewsroomSchema.APPLICATION));
    database.put("observerRoles", List.of(NewsroomSchema.OBSERVER));
    database.put("countedTable", "public.assets");
    database.put(
        "probe",
        credentials(NewsroomSchema.APPLICATION, facility.password(NewsroomSchema.APPLICATION)));
    return database;
  }

  private static Map<String, String> credentials(String user, String password) {
    Map<String, String> credentials = new LinkedHashMap<>();
    credentials.put("user", user);
    credentials.put("password", password);
    return credentials;
  }
}
