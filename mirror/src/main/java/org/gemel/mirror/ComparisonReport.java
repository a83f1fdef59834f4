package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison found.
 *
 * @param files files and symbolic links of the first tree
 * @param bytesRead how much content of the first tree was read
 * @param skipped FIFOs, sockets and devices, which are not compared
 * @param differing how many entries differ; all were told to the listener
 * @param failed how many entries could not be compared, or changed meanwhile
 * @param failures the first of them; such trees are not said to be equal
 * @param stopped whether it was ended before it had seen all
 * @param treeHash the first tree's, if it was asked for and all of the tree could be read
 */
public record ComparisonReport(
    long files,
    long directories,
    long bytes,
    long bytesRead,
    long skipped,
    long differing,
    long failed,
    List<Failure> failures,
    Optional<Refusal> refusal,
    boolean stopped,
    Optional<String> treeHash,
    Instant begun,
    Duration elapsed) {

  public ComparisonReport {
    failures = List.copyOf(failures);
  }

  /** Whether both trees were read completely and do not differ in anything that was compared. */
  public boolean equal() {
    return differing == 0 && isComplete();
  }

  /** Whether all was read, and nothing changed while it was. */
  public boolean isComplete() {
    return failed == 0 && refusal.isEmpty() && !stopped;
  }

  public Instant ended() {
    return begun.plus(elapsed);
  }
}
