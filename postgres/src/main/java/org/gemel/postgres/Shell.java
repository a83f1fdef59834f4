package org.gemel.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a short program to its end. */
final class Shell {
  private Shell() {}

  /** Runs it; its output becomes part of the failure if it ends with anything but 0. */
  static void run(List<String> command, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException, PostgresFailure {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new PostgresFailure(
          "'" + command.getFirst() + "' ended with " + exit + " and said: " + output.strip(),
          "it to succeed",
          "cure what it names and try again");
    }
  }

  /** Sends a signal; that the process is gone already is no fault. */
  static void signal(String name, long process) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name, Long.toString(process))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
