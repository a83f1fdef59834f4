package org.gemel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.Outcome;
import org.gemel.bench.process.Timed;
import org.gemel.bench.process.Tool;

/** On what the figures were taken; without it they say nothing. */
final class Machine {
  private static final List<List<String>> VERSIONS =
      List.of(
          List.of(Tool.CP.path(), "--version"),
          List.of(Tool.FIND.path(), "--version"),
          List.of(Tool.RSYNC.path(), "--version"),
          List.of(Tool.RCLONE.path(), "version"),
          List.of(Tool.LFTP.path(), "--version"),
          List.of(Tool.LSYNCD.path(), "--version"),
          List.of(Tool.FPSYNC.path(), "-h"));

  private Machine() {}

  static String description(Path folder) throws IOException {
    return String.format(
        Locale.ROOT,
        "Linux %s, %d processors, %.1f GiB of memory, %s, load %s",
        System.getProperty("os.version"),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes() / (double) (1 << 30),
        Files.getFileStore(folder).type(),
        Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
  }

  /** The first line that each peer prints of itself. */
  static String peers(Timed timed) throws IOException, InterruptedException {
    StringBuilder peers = new StringBuilder();
    for (List<String> line : VERSIONS) {
      Outcome outcome = timed.run(Launch.of(line));
      String said = (outcome.out() + outcome.err()).strip();
      if (!said.isEmpty() && outcome.exit() != 127) {
        peers
            .append(peers.isEmpty() ? "" : "; ")
            .append(said.lines().findFirst().orElse("").strip());
      }
    }
    return peers.toString();
  }

  private static long memoryBytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemTotal:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(0);
    }
  }
}
