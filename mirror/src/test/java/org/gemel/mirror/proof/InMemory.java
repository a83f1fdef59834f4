package org.gemel.mirror.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Temporary folders in memory where the system has such a place: a thousand passes, each made
 * durable, would keep a disk busy for minutes.
 */
public final class InMemory implements TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
      throws java.io.IOException {
    return Files.isWritable(MEMORY)
        ? Files.createTempDirectory(MEMORY, "gemel-proof")
        : Files.createTempDirectory("gemel-proof");
  }
}
