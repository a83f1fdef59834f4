package org.gemel.agent.volume;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.gemel.core.Side;

/**
 * The marker file by which a volume is known, {@value #FILE} at its top: lines {@code volume: id}
 * and {@code side: X}. A mount that is missing leaves an empty folder without one.
 *
 * @param volume the volume's id
 * @param side the side it belongs to
 */
public record VolumeMarker(String volume, Side side) {
  public static final String FILE = ".gemel-volume";

  /**
   * Reads the marker of the volume at a folder.
   *
   * @throws IOException in words, if there is none or it cannot be read
   */
  public static VolumeMarker read(Path folder) throws IOException {
    NoteFile note;
    try {
      note = new NoteFile(folder.resolve(FILE));
    } catch (NoSuchFileException e) {
      throw new IOException(
          "found no marker file "
              + folder.resolve(FILE)
              + ", wanted it as the proof that the volume is there: mount the volume, or mark it if"
              + " it is new",
          e);
    }
    String side = note.value("side");
    try {
      return new VolumeMarker(note.value("volume"), Side.parse(side));
    } catch (IllegalArgumentException e) {
      throw note.unfit("side: " + side, "side: X or side: Y");
    }
  }
}
