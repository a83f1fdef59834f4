package org.gemel.mirror;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison found.
 *
 * @param files files and symbolic links of the first tree
 * @param skipped FIFOs, sockets and devices, which are not compared
 * @param differing how many differences there are; all were told to the consumer
 * @param failures what could not be compared; such trees are not said to be equal
 * @param stopped whether it was ended before it had seen all
 */
public record ComparisonReport(
    long files,
    long directories,
    long bytes,
    long skipped,
    long differing,
    List<Failure> failures,
    Optional<Refusal> refusal,
    boolean stopped,
    Duration elapsed) {

  public ComparisonReport {
    failures = List.copyOf(failures);
  }

  /** Whether both trees were read completely and do not differ in anything that was compared. */
  public boolean equal() {
    return differing == 0 && failures.isEmpty() && refusal.isEmpty() && !stopped;
  }
}
