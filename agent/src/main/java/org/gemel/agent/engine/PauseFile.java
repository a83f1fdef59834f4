package org.gemel.agent.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.agent.base.DurableFile;
import org.gemel.mirror.Pauses;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What is paused, kept over restarts of the agent. */
final class PauseFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final Path file;

  PauseFile(Path stateFolder) {
    this.folder = stateFolder;
    this.file = stateFolder.resolve("folder-pauses.json");
  }

  /**
   * Nothing, unless something was paused.
   *
   * @throws IOException if that cannot be read; then nobody knows
   */
  Pauses read() throws IOException {
    if (!Files.exists(file)) {
      return Pauses.NONE;
    }
    try {
      return JSON.readValue(Files.readAllBytes(file), Pauses.class);
    } catch (JacksonException | NullPointerException damaged) {
      throw new IOException("no list of pauses in " + file + ": " + damaged.getMessage(), damaged);
    }
  }

  void write(Pauses pauses) throws IOException {
    if (!pauses.equals(Pauses.NONE)) {
      DurableFile.replace(file, JSON.writeValueAsString(pauses).getBytes(StandardCharsets.UTF_8));
    } else if (Files.deleteIfExists(file)) {
      DurableFile.syncFolder(folder);
    }
  }
}
