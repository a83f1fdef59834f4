package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.gemel.core.Side;
import org.gemel.demo.FlatYaml;

/**
 * The file at the root of a volume that says which one it is. An unmounted or wrong volume has
 * none, or another.
 */
public record VolumeMarker(UUID volume, Side side) {
  /** Its name at the root of the volume. */
  public static final String NAME = ".gemel-volume";

  /**
   * Reads the marker of the volume at a folder.
   *
   * @throws IOException in words, if there is none or it is not one
   */
  public static VolumeMarker read(Path volume) throws IOException {
    Path file = volume.resolve(NAME);
    if (!Files.exists(file)) {
      throw new IOException(
          "found no " + NAME + " in " + volume + ", wanted a mounted volume: mount it");
    }
    FlatYaml yaml = FlatYaml.read(file).onlyKeys(Set.of("volume", "side"));
    try {
      return new VolumeMarker(UUID.fromString(yaml.text("volume")), Side.parse(yaml.text("side")));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** The text of the file. */
  public String render() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("volume", volume.toString());
    values.put("side", side.toString());
    return FlatYaml.render(values);
  }
}
