package org.gemel.database.physical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The backup's server as a whole, on the agent's own host.
 *
 * @param programs the folder of PostgreSQL's programs, of the release that the server is of
 * @param data the server's data folder, by its real path
 * @param asUser the beginning of a command line that makes the rest run as the user whom the server
 *     runs as; empty where that is who we are
 * @param stop the site's command that stops the server and returns when it has stopped
 * @param start the site's command that starts it
 * @param patience how long each of them may take
 */
public record PhysicalSettings(
    Path programs,
    Path data,
    List<String> asUser,
    List<String> stop,
    List<String> start,
    Duration patience) {
  private static final String COPY = ".gemel-copy";

  public PhysicalSettings {
    asUser = List.copyOf(asUser);
    stop = List.copyOf(stop);
    start = List.copyOf(start);
  }

  /**
   * The beginning of a command line that becomes whom a folder belongs to. PostgreSQL refuses root,
   * so where root owns the folder too, its programs see themselves as nobody.
   */
  public static List<String> becomingOwnerOf(Path data) throws IOException {
    // Cut off between two renames, only the copy is there.
    Path folder = Files.exists(data) ? data : data.resolveSibling(data.getFileName() + COPY);
    Object owner = Files.getAttribute(folder, "unix:uid");
    Object we = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (owner.equals(0)) {
      return List.of("unshare", "--user", "--");
    }
    return owner.equals(we)
        ? List.of()
        : List.of(
            "setpriv",
            "--reuid=" + owner,
            "--regid=" + Files.getAttribute(folder, "unix:gid"),
            "--init-groups",
            "--");
  }

  /** Where the copy is made: beside the data folder, so that it takes its place by a rename. */
  Path copy() {
    return beside(COPY);
  }

  Path note() {
    return beside(".gemel-note");
  }

  Path lock() {
    return beside(".gemel-lock");
  }

  Path beside(String ending) {
    return data.resolveSibling(data.getFileName() + ending);
  }

  Path parent() {
    return Objects.requireNonNull(data.getParent(), "a data folder lies in a folder");
  }
}
