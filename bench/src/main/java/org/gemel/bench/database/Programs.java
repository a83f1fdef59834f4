package org.gemel.bench.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Tool;

/**
 * Debian's programs of PostgreSQL 15: one release for all contestants. They refuse to run as root,
 * so root runs them in a user namespace without it, where the files stay root's own.
 */
public final class Programs {
  private static final Path FOLDER = Path.of("/usr/lib/postgresql/15/bin");
  private static final Tool UNSHARE = new Tool("unshare", "util-linux");

  private Programs() {}

  /** Why the works of databases cannot be done here, with what to install; empty if they can. */
  public static Optional<String> missing() {
    if (!Files.isExecutable(FOLDER.resolve("initdb"))) {
      return Optional.of("found no PostgreSQL 15 in " + FOLDER + ": apt-get install postgresql-15");
    }
    return Fresh.asRoot() ? Tool.missing(UNSHARE) : Optional.empty();
  }

  static Path folder() {
    return FOLDER;
  }

  /** The path of one of them. */
  public static String path(String program) {
    return FOLDER.resolve(program).toString();
  }

  /** A command line of one of them, as a user that it accepts. */
  public static List<String> line(String program, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(path(program));
    line.addAll(Arrays.asList(arguments));
    return lowered(line);
  }

  static List<String> lowered(List<String> line) {
    if (!Fresh.asRoot()) {
      return line;
    }
    List<String> lowered = new ArrayList<>(List.of(UNSHARE.path(), "--user", "--"));
    lowered.addAll(line);
    return lowered;
  }
}
