package org.gemel.database.physical;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gemel.database.DatabaseFailure;

/** PostgreSQL's programs and the site's own commands, each run to its end. */
final class Programs {
  private static final int LINES_KEPT = 8;

  private final PhysicalSettings settings;

  Programs(PhysicalSettings settings) {
    this.settings = settings;
  }

  /** Those that are missing. */
  List<String> missing() {
    return java.util.stream.Stream.of("postgres", "pg_basebackup", "pg_resetwal")
        .filter(name -> !Files.isExecutable(program(name)))
        .toList();
  }

  /** One of PostgreSQL's, as the server's user; an interrupt ends it. */
  void run(
      String name, List<String> arguments, Map<String, String> environment, Consumer<String> line)
      throws DatabaseFailure, InterruptedException {
    Deque<String> last = new ArrayDeque<>();
    try {
      Process process = builder(name, arguments, environment).redirectErrorStream(true).start();
      process.getOutputStream().close();
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                      for (String l = lines.readLine(); l != null; l = lines.readLine()) {
                        synchronized (last) {
                          last.addLast(l.strip());
                          if (last.size() > LINES_KEPT) {
                            last.removeFirst();
                          }
                        }
                        line.accept(l);
                      }
                    } catch (IOException e) {
                      return; // it was ended, which its exit tells
                    }
                  });
      try {
        int exit = process.waitFor();
        reader.join();
        if (exit != 0) {
          throw DatabaseFailure.unfinished(
              "'%s' ended with %d and said: %s".formatted(name, exit, words(last)),
              "it to succeed",
              "cure what it names and start the replication again");
        }
      } finally {
        if (process.isAlive()) {
          process.destroyForcibly();
          process.onExit().join();
        }
      }
    } catch (IOException e) {
      throw DatabaseFailure.refused(
          "'" + program(name) + "' not to be run: " + e.getMessage(),
          "PostgreSQL's own programs there",
          "correct the folder of programs or the user in the agent's file");
    }
  }

  /** Begins a server on a folder; whoever calls ends it. */
  Process server(Path data, List<String> options, Path log) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-D", data.toString()));
    options.forEach(option -> arguments.addAll(List.of("-c", option)));
    return builder("postgres", arguments, Map.of())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** The site's own command; what it leaves running in the background is not waited for. */
  void site(List<String> command, String wanted) throws DatabaseFailure, InterruptedException {
    try {
      Path said = Files.createTempFile("gemel-command", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        boolean ended = process.waitFor(settings.patience().toSeconds(), TimeUnit.SECONDS);
        if (!ended || process.exitValue() != 0) {
          throw DatabaseFailure.unfinished(
              "the command %s %s and saying: %s"
                  .formatted(
                      command,
                      ended ? "ended with " + process.exitValue() : "not ended in its time",
                      Files.readString(said).strip()),
              wanted,
              "cure what it names, then order the start again");
        }
      } finally {
        Files.deleteIfExists(said);
      }
    } catch (IOException e) {
      throw DatabaseFailure.unfinished(
          "the command " + command + " not to be run: " + e.getMessage(),
          wanted,
          "correct it in the agent's file, then order the start again");
    }
  }

  Path program(String name) {
    return settings.programs().resolve(name);
  }

  private ProcessBuilder builder(
      String name, List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>(settings.asUser());
    command.add(program(name).toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(settings.parent().toFile());
    builder.environment().keySet().removeIf(each -> each.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    return builder;
  }

  private static String words(Deque<String> last) {
    synchronized (last) {
      return String.join("; ", last.stream().filter(l -> !l.isEmpty()).toList());
    }
  }
}
