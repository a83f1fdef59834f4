package org.gemel.database.physical;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How {@code pg_basebackup} is called, and what it says of its progress. */
final class BaseBackup {
  private static final Pattern PROGRESS = Pattern.compile("^\\s*(\\d+)/(\\d+) kB \\(.*");

  /** Bytes that came, of about so many. */
  record Progress(long bytes, long total) {}

  private BaseBackup() {}

  /** With the log that is written meanwhile, so that the copy needs nothing else from main. */
  static List<String> arguments(String host, int port, String user, Path target) {
    return List.of(
        target(target),
        "--host=" + host,
        "--port=" + port,
        "--username=" + user,
        "--no-password", // it is in the environment
        "--wal-method=stream",
        "--checkpoint=fast",
        "--no-manifest",
        "--label=gemel",
        "--progress");
  }

  static String target(Path data) {
    return "--pgdata=" + data;
  }

  static Optional<Progress> progress(String line) {
    Matcher matcher = PROGRESS.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new Progress(
                Long.parseLong(matcher.group(1)) * 1024, Long.parseLong(matcher.group(2)) * 1024))
        : Optional.empty();
  }
}
