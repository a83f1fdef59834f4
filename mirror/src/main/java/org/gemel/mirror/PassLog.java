package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.mirror.system.TreePath;

/**
 * Counts what a pass does and tells its listener. Used by all its threads; the listener hears one
 * thing at a time.
 */
final class PassLog {
  static final int FAILURES_KEPT = 1000;

  private final MirrorListener listener;
  private final List<Failure> failures = new ArrayList<>();
  private final Map<Change.Kind, Long> changes = new EnumMap<>(Change.Kind.class);
  private long files;
  private long directories;
  private long bytes;
  private long skipped;
  private long failed;
  private long bytesMoved;
  private long swept;
  private long salvaged;
  private long foreign;
  private final List<ForeignChange> firstForeign = new ArrayList<>();

  PassLog(MirrorListener listener) {
    this.listener = listener;
  }

  /** Ends the pass here if the listener asks for it. */
  void allowStop() {
    if (listener.stopRequested()) {
      throw new StopRequested();
    }
  }

  /** Files and symbolic links of the source were seen. */
  synchronized void saw(long moreFiles, long moreBytes, TreePath at) {
    files += moreFiles;
    bytes += moreBytes;
    listener.progress(files, bytesMoved, at);
  }

  /** A folder of the source was seen. */
  synchronized void sawFolder(TreePath at) {
    directories++;
    listener.progress(files, bytesMoved, at);
  }

  synchronized void changed(Change.Kind kind, TreePath path) {
    changes.merge(kind, 1L, Long::sum);
    listener.changed(new Change(kind, path));
  }

  synchronized void renamed(TreePath path, TreePath old) {
    changes.merge(Change.Kind.RENAME, 1L, Long::sum);
    listener.changed(new Change(Change.Kind.RENAME, path, Optional.of(old)));
  }

  void failed(TreePath path, IOException why) {
    failed(path, String.valueOf(why.getMessage()));
  }

  void failed(TreePath path, String reason) {
    failed(new Failure(path, reason));
  }

  synchronized void failed(Failure failure) {
    failed++;
    if (failures.size() < FAILURES_KEPT) {
      failures.add(failure);
    }
    listener.failed(failure);
  }

  synchronized void skipped() {
    skipped++;
  }

  synchronized void moved(long more) {
    bytesMoved += more;
  }

  synchronized void swept() {
    swept++;
  }

  /** Things of the target were moved to the salvage area. */
  synchronized void salvaged(long entries) {
    salvaged += entries;
  }

  /** Somebody else has changed something on the target. */
  synchronized void foreign(ForeignChange change) {
    foreign++;
    if (firstForeign.size() < MirrorReport.FOREIGN_KEPT) {
      firstForeign.add(change);
    }
  }

  synchronized List<ForeignChange> firstForeign() {
    return List.copyOf(firstForeign);
  }

  synchronized List<Failure> failures() {
    return List.copyOf(failures);
  }

  synchronized Counts counts() {
    return new Counts(
        files,
        directories,
        bytes,
        changes.getOrDefault(Change.Kind.CREATE, 0L),
        changes.getOrDefault(Change.Kind.UPDATE, 0L),
        changes.getOrDefault(Change.Kind.RENAME, 0L),
        changes.getOrDefault(Change.Kind.METADATA, 0L),
        changes.getOrDefault(Change.Kind.DELETE, 0L),
        skipped,
        failed,
        bytesMoved,
        swept,
        salvaged,
        foreign);
  }

  /**
   * Unwinds a pass that is to stop, through the same doors as any failure, so nothing is left half
   * done.
   */
  static final class StopRequested extends RuntimeException {
    StopRequested() {
      super("the pass is to stop", null, false, false);
    }
  }
}
