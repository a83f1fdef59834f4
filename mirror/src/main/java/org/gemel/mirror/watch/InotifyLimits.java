package org.gemel.mirror.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.SystemCallException;

/** Says which of the system's settings stopped inotify, its value and what to do. */
final class InotifyLimits {
  private static final String INSTANCES = "fs.inotify.max_user_instances";
  private static final String WATCHES = "fs.inotify.max_user_watches";

  private InotifyLimits() {}

  static String words(SystemCallException e) {
    return switch (e.errno()) {
      case Errno.EMFILE -> full("queues of folder events", INSTANCES);
      case Errno.ENOSPC -> full("watches on folders", WATCHES);
      default -> "no watches on folders: " + e.getMessage();
    };
  }

  private static String full(String what, String setting) {
    return "all "
        + what
        + " that "
        + setting
        + " allows ("
        + value(setting)
        + ") are in use: raise it with sysctl";
  }

  /** A setting's value. Such a file gives all it has to the first read and nothing to the next. */
  static String value(String setting) {
    Path path = Path.of("/proc/sys", setting.split("\\.", -1));
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(64), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
