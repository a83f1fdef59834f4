package org.gemel.mirror;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Says whether two trees are equal, and in what they are not. Changes nothing. */
public final class TreeComparison {
  private TreeComparison() {}

  /**
   * Compares two trees on the calling thread and some of its own; returns when it has ended.
   * Failures, a refusal and a requested stop are in the report; nothing of that is thrown.
   */
  public static ComparisonReport compare(
      TreeRoot first, TreeRoot second, ComparisonOptions options, ComparisonListener listener) {
    return run(first, second, options, listener);
  }

  /** Reads one tree alone, for its counts and its hash; nothing differs. */
  public static ComparisonReport examine(
      TreeRoot tree, ComparisonOptions options, ComparisonListener listener) {
    return run(tree, null, options, listener);
  }

  /**
   * Compares two trees.
   *
   * @param differences told of each difference, in the order of paths
   * @param stopRequested asked between entries; true ends the comparison
   */
  public static ComparisonReport compare(
      TreeRoot first,
      TreeRoot second,
      ComparisonOptions options,
      Consumer<Difference> differences,
      BooleanSupplier stopRequested) {
    return compare(
        first,
        second,
        options,
        new ComparisonListener() {
          @Override
          public void differs(Difference difference) {
            differences.accept(difference);
          }

          @Override
          public boolean stopRequested() {
            return stopRequested.getAsBoolean();
          }
        });
  }

  /** Compares two trees and keeps the differences. */
  public static ComparisonReport compare(
      TreeRoot first, TreeRoot second, ComparisonOptions options, List<Difference> into) {
    return compare(first, second, options, into::add, () -> false);
  }

  private static ComparisonReport run(
      TreeRoot first,
      @Nullable TreeRoot second,
      ComparisonOptions options,
      ComparisonListener listener) {
    Instant begun = Instant.now();
    long started = System.nanoTime();
    PassLog log = new PassLog(listener(listener));
    SortedDifferences differences =
        new SortedDifferences(listener::differs, SortedDifferences.KEPT);
    Optional<Refusal> refusal = Optional.empty();
    Optional<String> treeHash = Optional.empty();
    boolean stopped = false;
    try (Folder one = Roots.openExisting(first, second == null ? "wanted" : "first");
        Folder other = second == null ? null : Roots.openExisting(second, "second")) {
      ComparisonWalk walk = new ComparisonWalk(parts(options, log, differences));
      walk.run(one, other);
      if (log.counts().failed() == 0) {
        treeHash = walk.treeHash(one);
      }
    } catch (RefusedException e) {
      refusal = Optional.of(e.refusal());
    } catch (PassLog.StopRequested stop) {
      differences.flush();
      stopped = true;
    } catch (IOException e) {
      log.failed(TreePath.ROOT, e);
    }
    Counts counts = log.counts();
    return new ComparisonReport(
        counts.files(),
        counts.directories(),
        counts.bytes(),
        counts.bytesMoved(),
        counts.skipped(),
        differences.told(),
        counts.failed(),
        log.failures(),
        refusal,
        stopped,
        treeHash,
        begun,
        Duration.ofNanos(System.nanoTime() - started));
  }

  private static ComparisonParts parts(
      ComparisonOptions options, PassLog log, SortedDifferences differences) {
    return new ComparisonParts(
        options,
        log,
        new Workers(options.threads()),
        new Scanner(options.filters(), new OwnNames(options.marker())),
        new EntryDiffer(false, log::allowStop),
        new Pace(RateLimit.of(options.bytesPerSecond()), log::allowStop),
        differences,
        new LinkedNames());
  }

  private static MirrorListener listener(ComparisonListener listener) {
    return new MirrorListener() {
      @Override
      public void progress(long files, long bytesRead, TreePath at) {
        listener.progress(files, bytesRead, at);
      }

      @Override
      public boolean stopRequested() {
        return listener.stopRequested();
      }
    };
  }
}
