package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.gemel.core.Side;
import org.gemel.demo.FlatYaml;

/**
 * What a working device is told.
 *
 * @param device its name
 * @param mount the symbolic link to the volume of the side it is on
 * @param journal its acknowledgement journal, outside the volumes
 * @param pause the file whose lock lets a proof hold all work, see {@link WorkPause}
 * @param pace from the start of one item to that of the next
 * @param databases of each side, as application
 */
public record WorkloadConfig(
    String device,
    Path mount,
    Path journal,
    Path pause,
    Duration pace,
    Map<Side, DatabaseAccess> databases) {
  private static final Set<String> KEYS =
      Set.of(
          "device",
          "mount",
          "journal",
          "pause",
          "pace",
          "user",
          "password",
          "database.X",
          "database.Y");

  /** Reads it strictly. */
  public static WorkloadConfig read(Path file) throws IOException {
    FlatYaml yaml = FlatYaml.read(file).onlyKeys(KEYS);
    Map<Side, DatabaseAccess> databases = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      databases.put(
          side,
          new DatabaseAccess(
              yaml.text("database." + side), yaml.text("user"), yaml.text("password")));
    }
    return new WorkloadConfig(
        yaml.text("device"),
        yaml.path("mount"),
        yaml.path("journal"),
        yaml.path("pause"),
        yaml.duration("pace"),
        databases);
  }

  /**
   * The text that {@link #read} gives back; it holds a password, so its file is for its owner only.
   */
  public String render() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("device", device);
    values.put("mount", mount.toString());
    values.put("journal", journal.toString());
    values.put("pause", pause.toString());
    values.put("pace", pace.toMillis() + "ms");
    for (Side side : Side.values()) {
      values.put("database." + side, database(side).url());
    }
    values.put("user", database(Side.X).user());
    values.put("password", database(Side.X).password());
    return FlatYaml.render(values);
  }

  /** The database of a side. */
  public DatabaseAccess database(Side side) {
    DatabaseAccess access = databases.get(side);
    if (access == null) {
      throw new IllegalArgumentException(
          "found no database of side " + side + ", wanted one for each side");
    }
    return access;
  }
}
