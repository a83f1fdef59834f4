package org.gemel.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A process that works beside the bench until it is ended: a daemon, a follower. */
public final class Running implements AutoCloseable {
  private static final Duration ENDING = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(5);

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private Running(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  public static Running start(String name, Launch launch, Path scratch) throws IOException {
    Path out = Files.createTempFile(scratch, "running", ".out");
    Path err = Files.createTempFile(scratch, "running", ".err");
    ProcessBuilder builder = new ProcessBuilder(launch.line());
    builder.environment().putAll(launch.environment());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Running(name, builder.start(), out, err);
  }

  /**
   * Waits until it is ready; says what it said if it ends or takes longer than that. One that was
   * not seen ready, for whatever reason, is ended: nobody else has it yet.
   */
  public void await(String what, Duration longest, BooleanSupplier ready)
      throws IOException, InterruptedException {
    boolean seen = false;
    try {
      long began = System.nanoTime();
      while (!ready.getAsBoolean()) {
        boolean late = System.nanoTime() - began > longest.toNanos();
        if (late || !process.isAlive()) {
          throw new IOException(
              name + (late ? " is not " : " ended before it was ") + what + ": " + lastWords());
        }
        Thread.sleep(POLL);
      }
      seen = true;
    } finally {
      if (!seen) {
        close();
      }
    }
  }

  public String out() throws IOException {
    return Files.readString(out);
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until each of its children has ended, only then are they accounted for. */
  public void awaitChildren(Duration longest) {
    long began = System.nanoTime();
    while (process.children().findAny().isPresent()
        && System.nanoTime() - began < longest.toNanos()) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Sends it a signal that Java cannot send, such as STOP. */
  public void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  /** User and system time it has used until now, its reaped children's included. */
  public double cpuSeconds() {
    return ProcessFile.cpuSeconds(process.pid());
  }

  /** The most memory it alone has had resident until now; 0 once it has ended. */
  public long peakBytes() {
    return ProcessFile.peakBytes(process.pid());
  }

  /** Asks it to end, waits for that; one that does not within a minute is killed. */
  @Override
  public void close() {
    process.destroy();
    try {
      signal("CONT"); // one that was held still hears nothing else
      if (!process.waitFor(ENDING.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String lastWords() throws IOException {
    String said = err().isBlank() ? out() : err();
    String[] lines = said.strip().split("\n", -1);
    return lines[lines.length - 1];
  }
}
