package org.gemel.mirror.watch;

import java.io.IOException;
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

  private static String value(String setting) {
    try {
      return Files.readString(Path.of("/proc/sys", setting.split("\\.", -1))).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
