package org.gemel.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps of one profile and direction where its scrub is, what it found, and its certificate. Its
 * place is only a cache: without it the round begins again.
 */
final class ScrubStore {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * What a restart goes on with.
   *
   * @param repaired entries of this round that were made equal
   * @param epoch the role epoch it belongs to: after a role change the backup is another tree
   */
  record Memory(
      ScrubState place, long repaired, Optional<ScrubRound> last, Optional<String> epoch) {}

  private final Path folder;

  ScrubStore(Path folder) {
    this.folder = folder;
  }

  /** What was saved last; empty if nothing readable was. */
  Optional<Memory> load() {
    try {
      Memory memory = MAPPER.readValue(Files.readString(place()), Memory.class);
      var unused = memory.place().names();
      return Optional.of(memory);
    } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }

  /** Writes it whole or not at all. */
  void save(Memory memory) throws IOException {
    Files.createDirectories(folder);
    Path temporary = folder.resolve("scrub.json.new");
    Files.writeString(temporary, MAPPER.writeValueAsString(memory));
    Files.move(temporary, place(), StandardCopyOption.REPLACE_EXISTING);
  }

  Optional<EqualityCertificate> certificate() {
    try {
      return Optional.of(CertificateFile.read(certificateFile()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void certify(EqualityCertificate certificate) throws IOException {
    Files.createDirectories(folder);
    CertificateFile.write(certificateFile(), certificate);
  }

  private Path place() {
    return folder.resolve("scrub.json");
  }

  private Path certificateFile() {
    return folder.resolve("certificate.json");
  }
}
