package org.gemel.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes and looks at trees with the system's own tools, which share nothing with the engine. */
public final class Shell {
  /** Everything that makes up a tree, from {@code find}, {@code sha256sum} and {@code getfattr}. */
  private static final String FINGERPRINT =
      """
      export LC_ALL=C
      find . \\( -type f -o -type l \\) ! -path './.gemel-*' -printf '%P|%y|%m|%U|%G|%s|%T@|%l|%n\\0' | sort -z | tr '\\0' '\\n'
      find . -type d -printf '%P|d|%m|%U|%G|%T@\\0' | sort -z | tr '\\0' '\\n'
      find . -type f ! -path './.gemel-*' -print0 | sort -z | xargs -0 -r sha256sum
      if command -v getfattr >/dev/null; then
        find . ! -type p ! -path './.gemel-*' -print0 | sort -z | xargs -0 -r getfattr -h -d -m - -e hex
      fi
      """;

  private Shell() {}

  /** Runs a script in a folder and returns what it printed, byte for byte; fails if it fails. */
  public static String run(Path folder, String script, String... arguments) {
    try {
      var command = new java.util.ArrayList<>(List.of("bash", "-euc", script, "bash"));
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new AssertionError("script ended with " + exit + ": " + script + "\n" + printed);
      }
      return printed;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public static String fingerprint(Path tree) {
    return run(tree, FINGERPRINT);
  }

  public static boolean has(String program) {
    return java.util.Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  public static boolean isRoot() {
    return run(Path.of("/"), "id -u").strip().equals("0");
  }

  /**
   * What rsync would still have to do to make the target equal; says so if there is no rsync to
   * ask.
   */
  public static String rsyncWouldDo(Path source, Path target) {
    if (!has("rsync")) {
      System.out.println("rsync is not installed: its opinion is left out");
      return "";
    }
    String options = isRoot() ? "-aHAXnic" : "-rlptHAXnic";
    return run(
        source,
        "rsync "
            + options
            + " --no-D --delete --exclude '/.gemel-*' \"$1\"/ \"$2\"/ | grep -v '^skipping non-regular' || true",
        source.toString(),
        target.toString());
  }
}
