package org.gemel.agent.mount;

import java.nio.file.Path;

/**
 * Where this device finds the volume of one side.
 *
 * @param folder the top folder of the volume
 * @param volume the id its marker must carry
 */
public record VolumePlace(Path folder, String volume) {
  public VolumePlace {
    folder = folder.toAbsolutePath().normalize();
  }
}
