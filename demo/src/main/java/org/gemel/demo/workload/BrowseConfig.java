package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.gemel.core.Side;
import org.gemel.demo.FlatYaml;

/**
 * What a browse service reads at its start, and only then.
 *
 * @param port its HTTP port on the loopback address
 * @param media the folder of the side's media
 */
public record BrowseConfig(String name, Side side, int port, DatabaseAccess database, Path media) {
  private static final Set<String> KEYS =
      Set.of("name", "side", "port", "database", "user", "password", "media");

  /** Reads it strictly. */
  public static BrowseConfig read(Path file) throws IOException {
    FlatYaml yaml = FlatYaml.read(file).onlyKeys(KEYS);
    try {
      return new BrowseConfig(
          yaml.text("name"),
          Side.parse(yaml.text("side")),
          yaml.number("port"),
          new DatabaseAccess(yaml.text("database"), yaml.text("user"), yaml.text("password")),
          yaml.path("media"));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The text that {@link #read} gives back; it holds a password, so its file is for its owner only.
   */
  public String render() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", name);
    values.put("side", side.toString());
    values.put("port", Integer.toString(port));
    values.put("database", database.url());
    values.put("user", database.user());
    values.put("password", database.password());
    values.put("media", media.toString());
    return FlatYaml.render(values);
  }
}
