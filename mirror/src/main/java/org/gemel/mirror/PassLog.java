package org.gemel.mirror;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.TreePath;

/** Counts what a pass does and tells its listener. Used by one thread. */
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

  PassLog(MirrorListener listener) {
    this.listener = listener;
  }

  /** Ends the pass here if the listener asks for it. */
  void allowStop() {
    if (listener.stopRequested()) {
      throw new StopRequested();
    }
  }

  void saw(Entry entry, TreePath path) {
    if (entry.status().type() == FileType.FOLDER) {
      directories++;
    } else {
      files++;
      bytes += entry.status().type() == FileType.FILE ? entry.status().size() : 0;
    }
    listener.progress(files, bytesMoved, path);
  }

  void changed(Change.Kind kind, TreePath path) {
    changes.merge(kind, 1L, Long::sum);
    listener.changed(new Change(kind, path));
  }

  void failed(TreePath path, String reason) {
    failed++;
    Failure failure = new Failure(path, reason);
    if (failures.size() < FAILURES_KEPT) {
      failures.add(failure);
    }
    listener.failed(failure);
  }

  void skipped() {
    skipped++;
  }

  void moved(long more) {
    bytesMoved += more;
  }

  void swept() {
    swept++;
  }

  List<Failure> failures() {
    return failures;
  }

  Counts counts() {
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
        swept);
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
