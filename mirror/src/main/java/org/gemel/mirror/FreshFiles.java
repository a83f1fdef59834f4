package org.gemel.mirror;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.gemel.mirror.system.FileClock;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.TreePath;

/**
 * What is done with a file that was changed within the last step of the kernel's clock. Two writes
 * within one step leave the same time: a copy of the first would count as equal to the second for
 * ever.
 */
interface FreshFiles {
  /** Waits until the clock has moved on. */
  FreshFiles AWAITED = (path, status, left) -> LockSupport.parkNanos(left.toNanos());

  /**
   * A file is about to be read.
   *
   * @param left how long until the clock has moved on
   */
  void met(TreePath path, FileStatus status, Duration left);

  /** Looks whether a file is that fresh, and if so has something done. */
  default void check(TreePath path, FileStatus status) {
    Duration left = FileClock.untilStepAfter(status.modified());
    if (!left.isZero()) {
      met(path, status, left);
    }
  }
}
