package org.gemel.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs PostgreSQL's programs when we are root, which they refuse to be.
 *
 * <p>{@code unshare --user} gives the program a user namespace in which root's id is not mapped, so
 * it sees itself as nobody, while the files stay root's own. It replaces itself by the program (no
 * {@code --fork}), so the process started <em>is</em> PostgreSQL: its id takes the signals.
 */
final class LowerUser {
  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));

  private LowerUser() {}

  /** The command line, with what makes it run as no root in front where that is needed. */
  static List<String> command(List<String> arguments) throws PostgresFailure {
    if (!isRoot()) {
      return arguments;
    }
    Optional<Path> unshare =
        FOLDERS.stream().map(f -> f.resolve("unshare")).filter(Files::isExecutable).findFirst();
    if (unshare.isEmpty()) {
      throw new PostgresFailure(
          "no program 'unshare' on this machine while running as root",
          "it, since PostgreSQL refuses to run as root",
          "install util-linux, or run as an ordinary user");
    }
    List<String> lowered = new ArrayList<>(List.of(unshare.get().toString(), "--user", "--"));
    lowered.addAll(arguments);
    return lowered;
  }

  private static boolean isRoot() throws PostgresFailure {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new PostgresFailure(
          "no readable /proc/self", "to know which user this is", "mount /proc", e);
    }
  }
}
