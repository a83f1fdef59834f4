package org.gemel.agent.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.config.ConfigurationFault;
import org.gemel.config.StrictYaml;
import org.gemel.core.Side;

/**
 * The file at the top of a volume that says which one it is. A volume that is not mounted leaves an
 * empty folder without one; a wrong one has another.
 */
public record VolumeMarker(String volume, Side side) {
  /** Its name at the top of the volume. */
  public static final String NAME = ".gemel-volume";

  /**
   * Opens the marker of the volume at a folder.
   *
   * @throws IOException in words for a person, if it does not open or is none
   */
  public static VolumeMarker read(Path folder) throws IOException {
    var file = folder.resolve(NAME);
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unread) {
      throw new IOException(
          "found no readable " + file + " (" + unread + "), wanted the volume's marker: mount it",
          unread);
    }
    try {
      return StrictYaml.read(text, file.toString(), VolumeMarker.class);
    } catch (ConfigurationFault fault) {
      throw new IOException(fault.getMessage(), fault);
    }
  }

  /** The text of the file, as it is written. */
  public String text() {
    return "volume: " + volume + "\nside: " + side + "\n";
  }
}
