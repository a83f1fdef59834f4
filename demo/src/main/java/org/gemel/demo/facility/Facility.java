package org.gemel.demo.facility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.gemel.core.Side;
import org.gemel.demo.FlatYaml;
import org.gemel.demo.workload.DatabaseAccess;
import org.gemel.demo.workload.Journal;
import org.gemel.demo.workload.JournalLine;
import org.gemel.demo.workload.VolumeMarker;
import org.gemel.postgres.PostgresServer;

/**
 * The folder of a facility.
 *
 * <pre>
 * .gemel-demo               says that the demo made this folder, and may delete it
 * state.yaml                ports and passwords
 * volumes/X  volumes/Y      each with its marker; material only on X, the mirror brings it to Y
 * databases/X  databases/Y  data folders
 * devices/NAME              home of a device: config/, journal, the mount V
 * run/  log/                of the supervisor
 * </pre>
 */
public final class Facility {
  private static final List<String> PORTS =
      List.of(
          "control", "agents", "keeper", "database-x", "database-y", "browse-news", "browse-sport");

  private static final List<String> PASSWORDS =
      List.of("database-administrator", NewsroomSchema.APPLICATION, NewsroomSchema.OBSERVER);

  private final Path folder;
  private final FacilityState state;
  private final Map<String, Integer> ports;

  private Facility(Path folder, FacilityState state, Map<String, Integer> ports) {
    this.folder = folder;
    this.state = state;
    this.ports = ports;
  }

  /**
   * Opens a facility to be started: lays it out where it is not yet, goes on where it is.
   *
   * @param given ports a person asked for, by name
   */
  public static Facility open(Path dir, Map<String, Integer> given, Instant now)
      throws IOException, InterruptedException {
    Path folder = FacilityFolder.take(dir, now);
    FacilityState state = FacilityState.open(folder.resolve("state.yaml"));
    Facility facility = new Facility(folder, state, state.ports(PORTS, given));
    facility.layOut(now);
    return facility;
  }

  /** Opens a facility that another process runs, to look at it. */
  public static Facility existing(Path dir) throws IOException {
    Path folder = FacilityFolder.demand(dir);
    FacilityState state = FacilityState.openToRead(folder.resolve("state.yaml"));
    FlatYaml yaml = FlatYaml.read(folder.resolve("state.yaml"));
    Map<String, Integer> ports = new HashMap<>();
    for (String name : PORTS) {
      ports.put(name, yaml.number("port." + name));
    }
    return new Facility(folder, state, ports);
  }

  /** Deletes a facility, if the demo made it; refuses any other folder. Nothing may run in it. */
  public static void delete(Path dir) throws IOException {
    FacilityFolder.delete(dir);
  }

  private void layOut(Instant now) throws IOException, InterruptedException {
    // All at once, so that whoever only looks at the folder finds them.
    for (String name : PASSWORDS) {
      state.password(name);
    }
    if (state.find("laid-out") == null) {
      for (Side side : Side.values()) {
        layOutVolume(side);
      }
      List<JournalLine> seed = new SeedMaterial(volume(Side.X), now).write();
      Files.deleteIfExists(seedJournal());
      try (Journal journal = Journal.open(seedJournal())) {
        journal.appendAll(seed);
      }
      state.put("laid-out", now.toString());
    }
    Files.createDirectories(folder.resolve("databases"));
    new DeviceHomes(this).layOut();
  }

  private void layOutVolume(Side side) throws IOException {
    Files.createDirectories(volume(side));
    String id = state.find("volume." + side);
    if (id == null) {
      id = UUID.randomUUID().toString();
      state.put("volume." + side, id);
    }
    Files.writeString(
        volume(side).resolve(VolumeMarker.NAME),
        new VolumeMarker(UUID.fromString(id), side).render());
  }

  /**
   * Adds the rows of the first material to X, once; later starts leave both databases as they are.
   */
  public void seedDatabase() throws IOException, SQLException {
    if (state.find("seeded") == null) {
      NewsroomSchema.seed(
          administrator(Side.X, NewsroomSchema.DATABASE), Journal.read(seedJournal()));
      state.put("seeded", "yes");
    }
  }

  /** The folder itself, as a real path. */
  public Path folder() {
    return folder;
  }

  /** The volume of a side. */
  public Path volume(Side side) {
    return folder.resolve("volumes").resolve(side.toString());
  }

  /** The data folder of a side's database. */
  public Path database(Side side) {
    return folder.resolve("databases").resolve(side.toString());
  }

  /** The home of a device. */
  public Path home(Device device) {
    return folder.resolve("devices").resolve(device.name());
  }

  /** The workload configuration of a device that works. */
  public Path workload(Device device) {
    return home(device).resolve("config/workload.yaml");
  }

  /** The browse services of the browse server. */
  public List<String> browseServices() {
    return List.of("browse-news", "browse-sport");
  }

  /** The folder with a browse service's {@code service.config} and its variants for X and Y. */
  public Path browseConfigs(Device device, String service) {
    return home(device).resolve("config").resolve(service);
  }

  /** The journal of a device that works. */
  public Path journal(Device device) {
    return home(device).resolve("journal");
  }

  /** All journals, that of the first material too. */
  public List<Path> journals() {
    List<Path> journals = new ArrayList<>(List.of(seedJournal()));
    Device.all().stream().filter(Device::works).map(this::journal).forEach(journals::add);
    return journals;
  }

  private Path seedJournal() {
    return folder.resolve("devices/seed.journal");
  }

  /** The lock file by which a proof holds all work. */
  public Path pause() {
    return folder.resolve("run/work.lock");
  }

  /** A chosen port: control, agents, keeper, database-x, database-y, browse-news, browse-sport. */
  public int port(String name) {
    Integer port = ports.get(name);
    if (port == null) {
      throw new IllegalArgumentException("found no port '" + name + "', wanted one of " + PORTS);
    }
    return port;
  }

  /** The port of a side's database. */
  public int databasePort(Side side) {
    return port(side == Side.X ? "database-x" : "database-y");
  }

  /** A password kept in the folder, generated the first time. */
  public String password(String name) throws IOException {
    return state.password(name);
  }

  /** The administrator's access to a database of a side's server. */
  public DatabaseAccess administrator(Side side, String database) throws IOException {
    return new DatabaseAccess(
        url(side, database), PostgresServer.ADMINISTRATOR, password("database-administrator"));
  }

  /** The application's access to a side's newsroom database. */
  public DatabaseAccess application(Side side) throws IOException {
    return new DatabaseAccess(
        url(side, NewsroomSchema.DATABASE),
        NewsroomSchema.APPLICATION,
        password(NewsroomSchema.APPLICATION));
  }

  private String url(Side side, String database) {
    return "jdbc:postgresql://127.0.0.1:" + databasePort(side) + "/" + database;
  }
}
