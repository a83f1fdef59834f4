package org.gemel.bench.process;

/**
 * How a process ended.
 *
 * @param seconds wall time from before its start until it was reaped
 * @param cpuSeconds user and system time, its reaped children's included
 * @param peakBytes resident memory of the largest single process among it and its reaped children
 * @param out the last of what it printed
 * @param err the last of its complaints
 */
public record Outcome(
    int exit, double seconds, double cpuSeconds, long peakBytes, String out, String err) {
  /** What to tell of a failure: the code and the last complaint. */
  public String complaint() {
    String text = err.isBlank() ? out : err;
    String[] lines = text.strip().split("\n", -1);
    return "exit " + exit + ": " + lines[lines.length - 1];
  }
}
