package org.gemel.agent.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.agent.base.DurableFile;
import org.gemel.config.ConfigurationFault;
import org.gemel.config.StrictYaml;
import org.gemel.core.Role;

/**
 * The role a volume was last given, kept on the volume itself: whoever reaches it knows, also a NAS
 * head that missed the change of roles.
 *
 * @param epoch of the change; a later change has a higher one
 */
public record VolumeRole(Role role, long epoch) {
  /** The file's name at the top of the volume; never mirrored. */
  public static final String NAME = ".gemel-role";

  /**
   * Reads the role of the volume at a folder; empty before its first one.
   *
   * @throws IOException in words, if it cannot be read or is damaged
   */
  public static Optional<VolumeRole> read(Path folder) throws IOException {
    var file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StrictYaml.read(Files.readString(file), file.toString(), VolumeRole.class));
    } catch (ConfigurationFault fault) {
      throw new IOException(fault.getMessage(), fault);
    }
  }

  /** Writes it, whole or not at all, and on disk when this comes back. */
  void write(Path folder) throws IOException {
    DurableFile.replace(
        folder.resolve(NAME),
        ("role: " + role + "\nepoch: " + epoch + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
