package org.gemel.agent.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.agent.base.DurableFile;
import org.gemel.config.ConfigurationFault;
import org.gemel.config.StrictYaml;
import org.gemel.core.Side;

/**
 * Whether the folder mirror should run, kept over restarts: it goes on by itself, also while there
 * is no control point.
 */
final class WantedMirror {
  /** What the file holds. */
  record Wanted(Side from, long epoch) {}

  private final Path folder;
  private final Path file;

  WantedMirror(Path stateFolder) {
    this.folder = stateFolder;
    this.file = stateFolder.resolve("folder-mirror.yaml");
  }

  /**
   * Empty while it should not run.
   *
   * @throws IOException if that cannot be read; then nobody knows
   */
  Optional<Wanted> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(StrictYaml.read(Files.readString(file), file.toString(), Wanted.class));
    } catch (ConfigurationFault fault) {
      throw new IOException(fault.getMessage(), fault);
    }
  }

  void running(Side from, long epoch) throws IOException {
    DurableFile.replace(
        file, ("from: " + from + "\nepoch: " + epoch + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void stopped() throws IOException {
    if (Files.deleteIfExists(file)) {
      DurableFile.syncFolder(folder);
    }
  }
}
