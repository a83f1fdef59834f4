package org.gemel.cli.mirror;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gemel.mirror.Aspect;
import org.gemel.mirror.ComparisonListener;
import org.gemel.mirror.ComparisonOptions;
import org.gemel.mirror.ComparisonReport;
import org.gemel.mirror.Difference;
import org.gemel.mirror.Suspects;
import org.gemel.mirror.TreeComparison;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.system.TreePath;

/** One comparison for a person at a terminal or a program: progress, lines, what is suspect. */
final class Verification implements ComparisonListener {
  private final Consumer<String> lines;
  private final BooleanSupplier stop;
  private final ProgressLine progress;
  private final boolean content;
  private final List<TreePath> suspects = new ArrayList<>();

  /**
   * @param lines told of each difference
   */
  Verification(
      Consumer<String> lines, BooleanSupplier stop, ProgressLine progress, boolean content) {
    this.lines = lines;
    this.stop = stop;
    this.progress = progress;
    this.content = content;
  }

  ComparisonReport compare(TreeRoot first, TreeRoot second, ComparisonOptions options) {
    count(first, options);
    try (progress) {
      return TreeComparison.compare(first, second, options, this);
    }
  }

  /** Counts what there is meanwhile, for somebody who wants to know how long it takes. */
  void count(TreeRoot tree, ComparisonOptions options) {
    if (!progress.isShown() || !content) {
      return;
    }
    ComparisonOptions quick =
        new ComparisonOptions(false, options.filters(), options.marker()).withStreams(1);
    Thread.ofPlatform()
        .daemon()
        .name("count")
        .start(
            () -> {
              ComparisonReport counted = TreeComparison.examine(tree, quick, new Counting());
              if (!counted.stopped() && counted.refusal().isEmpty()) {
                progress.total(counted.files(), counted.bytes());
              }
            });
  }

  /** Files that were read and are not alike, though they may look so. */
  Suspects suspects() {
    return Suspects.of(suspects);
  }

  @Override
  public void differs(Difference difference) {
    progress.close();
    lines.accept(difference.line());
    if (difference instanceof Difference.Unlike unlike
        && unlike.aspects().contains(Aspect.CONTENT)) {
      suspects.add(unlike.path());
    }
  }

  @Override
  public void progress(long files, long bytesRead, TreePath at) {
    progress.reached(files, bytesRead);
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }

  static void writeFailures(ComparisonReport report, PrintWriter err) {
    report.failures().forEach(each -> err.println("failed " + each.path() + ": " + each.reason()));
    long more = report.failed() - report.failures().size();
    if (more > 0) {
      err.println("failed " + more + " more");
    }
    report.refusal().ifPresent(refusal -> err.println(refusal.reason()));
  }

  private final class Counting implements ComparisonListener {
    @Override
    public boolean stopRequested() {
      return stop.getAsBoolean();
    }
  }
}
