package org.gemel.demo.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The log of one child, bounded: a long one is set aside before the next start, over the one set
 * aside before.
 */
final class ChildLog {
  static final long LARGEST_BYTES = 5L << 20;

  private ChildLog() {}

  static Path prepare(Path logFolder, String name) throws IOException {
    Path log = logFolder.resolve(name + ".log");
    if (Files.exists(log) && Files.size(log) > LARGEST_BYTES) {
      Files.move(log, logFolder.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }
}
