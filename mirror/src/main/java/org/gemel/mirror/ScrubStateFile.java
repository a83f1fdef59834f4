package org.gemel.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a scrub's place across restarts. Only a cache: without it the round begins again. */
public final class ScrubStateFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path file;

  public ScrubStateFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** What was saved last; empty if nothing readable was. */
  public Optional<ScrubState> load() {
    try {
      ScrubState state = MAPPER.readValue(Files.readString(file), ScrubState.class);
      var unused = state.names();
      return Optional.of(state);
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Writes it whole or not at all. */
  public void save(ScrubState state) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(temporary, MAPPER.writeValueAsString(state));
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
