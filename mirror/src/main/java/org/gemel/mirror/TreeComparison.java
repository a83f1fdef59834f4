package org.gemel.mirror;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/** Says whether two trees are equal, and in what they are not. Changes nothing. */
public final class TreeComparison {
  private TreeComparison() {}

  /**
   * Compares two trees on the calling thread.
   *
   * @param differences told of each difference when it is found, in the order of names
   * @param stopRequested asked between entries; true ends the comparison
   */
  public static ComparisonReport compare(
      TreeRoot first,
      TreeRoot second,
      ComparisonOptions options,
      Consumer<Difference> differences,
      BooleanSupplier stopRequested) {
    long started = System.nanoTime();
    PassLog log =
        new PassLog(
            new MirrorListener() {
              @Override
              public boolean stopRequested() {
                return stopRequested.getAsBoolean();
              }
            });
    ComparisonWalk walk = new ComparisonWalk(options, log, differences);
    Optional<Refusal> refusal = Optional.empty();
    boolean stopped = false;
    try (var one = Roots.openExisting(first, "first");
        var other = Roots.openExisting(second, "second")) {
      walk.folders(one, other);
    } catch (RefusedException e) {
      refusal = Optional.of(e.refusal());
    } catch (PassLog.StopRequested stop) {
      stopped = true;
    } catch (SystemCallException e) {
      log.failed(TreePath.ROOT, e.getMessage());
    }
    Counts counts = log.counts();
    return new ComparisonReport(
        counts.files(),
        counts.directories(),
        counts.bytes(),
        counts.skipped(),
        walk.found(),
        log.failures(),
        refusal,
        stopped,
        Duration.ofNanos(System.nanoTime() - started));
  }

  /** Compares two trees and keeps the differences. */
  public static ComparisonReport compare(
      TreeRoot first, TreeRoot second, ComparisonOptions options, List<Difference> into) {
    return compare(first, second, options, into::add, () -> false);
  }
}
