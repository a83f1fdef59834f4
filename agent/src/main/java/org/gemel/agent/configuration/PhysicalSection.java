package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.gemel.config.Default;

/**
 * The database server of this host as a whole, for a start from a physical copy of the other
 * side's. The programs run as the user whom the data folder belongs to; the commands as the agent.
 *
 * @param programs the folder of the server's own programs, such as {@code
 *     /usr/lib/postgresql/15/bin}
 * @param data its data folder, by its real path
 * @param stop the site's command that stops it and returns when it has stopped, word by word
 * @param start the site's command that starts it, word by word
 * @param patience how long each of them may take
 */
public record PhysicalSection(
    Path programs,
    Path data,
    List<String> stop,
    List<String> start,
    @Default("2m") Duration patience) {
  public PhysicalSection {
    requireWhole("programs", programs);
    requireWhole("data", data);
    requireCommand("stop", stop);
    requireCommand("start", start);
    if (data.getNameCount() < 2) {
      throw new IllegalArgumentException(
          "found the data folder '%s', wanted that of one server: the copy is made beside it"
              .formatted(data));
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException(
          "found a patience of no length, wanted one such as 2m: a server takes a while to stop");
    }
  }

  private static void requireWhole(String name, Path path) {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException(
          "found %s: '%s', wanted its whole path: begin it with /".formatted(name, path));
    }
  }

  private static void requireCommand(String name, List<String> command) {
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException(
          "found no %s command, wanted one, word by word, such as [systemctl, %s, postgresql@15-main]"
              .formatted(name, name));
    }
  }
}
