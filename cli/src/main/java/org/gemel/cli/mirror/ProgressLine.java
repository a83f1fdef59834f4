package org.gemel.cli.mirror;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.gemel.cli.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that is written over again: files, bytes, rate, time left. Time left is
 * known once somebody has counted the whole. Never written where no person looks.
 */
final class ProgressLine implements AutoCloseable {
  private static final long BETWEEN = Duration.ofMillis(200).toNanos();
  private static final double SECOND = 1e9;

  private final @Nullable PrintWriter terminal;
  private final LongSupplier clock;
  private final long begun;
  private long painted;
  private int width;
  private long files;
  private long bytes;
  private long allFiles = -1;
  private long allBytes = -1;

  /**
   * @param terminal null to write nothing
   * @param clock nanoseconds that only go on
   */
  ProgressLine(@Nullable PrintWriter terminal, LongSupplier clock) {
    this.terminal = terminal;
    this.clock = clock;
    this.begun = clock.getAsLong();
    this.painted = begun;
  }

  /** A line on standard error if both streams are a terminal. */
  static ProgressLine onTerminal(PrintWriter err) {
    return new ProgressLine(Terminal.find().isPresent() ? err : null, System::nanoTime);
  }

  boolean isShown() {
    return terminal != null;
  }

  /** What there is in all. */
  synchronized void total(long wholeFiles, long wholeBytes) {
    allFiles = wholeFiles;
    allBytes = wholeBytes;
  }

  synchronized void reached(long seenFiles, long readBytes) {
    files = seenFiles;
    bytes = readBytes;
    long now = clock.getAsLong();
    if (terminal != null && now - painted >= BETWEEN) {
      painted = now;
      String text = text(now);
      terminal.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
      terminal.flush();
      width = text.length();
    }
  }

  synchronized String text(long now) {
    double seconds = Math.max(1, now - begun) / SECOND;
    String counts = files + (allFiles < 0 ? "" : " of " + allFiles) + " files, ";
    String read = ByteRate.shown(bytes) + (allBytes < 0 ? "" : " of " + ByteRate.shown(allBytes));
    String rate = ", " + ByteRate.shown(Math.round((double) bytes / seconds)) + "/s";
    return counts + read + rate + left(seconds);
  }

  private String left(double seconds) {
    double done = bytes > 0 ? share(bytes, allBytes) : share(files, allFiles);
    if (allFiles < 0 || done <= 0 || done > 1) {
      return "";
    }
    long left = Math.round(seconds / done - seconds);
    return String.format(
        Locale.ROOT, ", %d:%02d:%02d left", left / 3600, left / 60 % 60, left % 60);
  }

  private static double share(long part, long whole) {
    return (double) part / (double) whole;
  }

  /** Takes the line away before something else is written. */
  @Override
  public synchronized void close() {
    if (terminal != null && width > 0) {
      terminal.print("\r" + " ".repeat(width) + "\r");
      terminal.flush();
      width = 0;
    }
  }
}
