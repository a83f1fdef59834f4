package org.gemel.mirror.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Changes trees with the system's own tools. */
final class Bash {
  private Bash() {}

  /** Runs a script in a folder and returns what it printed, each byte as one character. */
  static String run(Path folder, String script) {
    try {
      Process process =
          new ProcessBuilder(List.of("bash", "-euc", script))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (process.waitFor() != 0) {
        throw new AssertionError("script failed: " + script + "\n" + printed);
      }
      return printed;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static boolean succeeds(Path folder, String script) {
    try {
      run(folder, script);
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  static boolean has(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static boolean isRoot() {
    return run(Path.of("/"), "id -u").strip().equals("0");
  }
}
