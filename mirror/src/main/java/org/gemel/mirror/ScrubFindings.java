package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.TreePath;

/**
 * What a step has found, told when nothing is open any more. Names of files that have several wait
 * for the end of the round: a repair of one alone would find the file in place under the others.
 */
final class ScrubFindings implements MirrorListener {
  private final ScrubListener listener;
  private final List<Difference> now = new ArrayList<>();
  private final List<Difference> atEnd = new ArrayList<>();
  private long newlyDiffering;
  private long newlyFailed;

  ScrubFindings(ScrubListener listener) {
    this.listener = listener;
  }

  void differs(Difference difference, boolean severalNames) {
    (severalNames ? atEnd : now).add(difference);
    newlyDiffering++;
  }

  void failedUnlessGone(TreePath path, IOException e) {
    if (!Errno.is(e, Errno.ENOENT) && !Errno.is(e, Errno.ENOTDIR)) {
      failed(new Failure(path, String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void failed(Failure failure) {
    newlyFailed++;
    listener.failed(failure);
  }

  /** Counts what is new. */
  ScrubState countInto(ScrubState state) {
    ScrubState counted = state.found(newlyDiffering, newlyFailed);
    newlyDiffering = 0;
    newlyFailed = 0;
    return counted;
  }

  void tell(boolean roundOver) {
    if (roundOver) {
      now.addAll(atEnd);
      atEnd.clear();
    }
    if (!now.isEmpty()) {
      listener.differ(List.copyOf(now));
      now.clear();
    }
  }
}
