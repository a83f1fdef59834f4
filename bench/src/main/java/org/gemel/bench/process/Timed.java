package org.gemel.bench.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a process to its end and accounts for it. The wall time is ours, by the monotonic clock, the
 * rest is the kernel's, read by {@code time}: a small program in between, so that the memory
 * counted is not that of the Java process that forks. Output goes to files: a full pipe would hold
 * the process up.
 */
public final class Timed {
  private static final int TAIL = 64 << 10;

  private final Path scratch;

  public Timed(Path scratch) {
    this.scratch = scratch;
  }

  public Outcome run(Launch launch) throws IOException, InterruptedException {
    Path usage = scratch.resolve("usage");
    Path out = scratch.resolve("out");
    Path err = scratch.resolve("err");
    List<String> line = new ArrayList<>();
    line.addAll(
        List.of(Tool.TIME.path(), "--quiet", "-f", "%U %S %M", "-o", usage.toString(), "--"));
    line.addAll(launch.line());
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(launch.environment());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    long began = System.nanoTime();
    int exit = builder.start().waitFor();
    double seconds = (System.nanoTime() - began) / 1e9;
    String[] used = Files.readString(usage).strip().split(" ", -1);
    return new Outcome(
        exit,
        seconds,
        Double.parseDouble(used[0]) + Double.parseDouble(used[1]),
        Long.parseLong(used[2]) * 1024,
        tail(out),
        tail(err));
  }

  /** Runs what belongs to the bench itself; its failure ends the bench. */
  public String require(Launch launch) throws IOException, InterruptedException {
    Outcome outcome = run(launch);
    if (outcome.exit() != 0) {
      throw new IOException(
          "found that '" + String.join(" ", launch.line()) + "' failed: " + outcome.complaint());
    }
    return outcome.out();
  }

  private static String tail(Path file) throws IOException {
    try (RandomAccessFile read = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, read.length() - TAIL);
      byte[] bytes = new byte[(int) (read.length() - start)];
      read.seek(start);
      read.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
