package org.gemel.mirror;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;

/**
 * What is done with a file that was changed within the last step of the kernel's clock. Two writes
 * within one step leave the same time: a copy of the first would count as equal to the second for
 * ever.
 */
interface FreshFiles {
  /** The coarsest step of the kernel's clock for file times (100 Hz), doubled. */
  Duration CLOCK_STEP = Duration.ofMillis(20);

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
    Timestamp modified = status.modified();
    long now = System.currentTimeMillis();
    long then = modified.seconds() * 1000 + modified.nanos() / 1_000_000;
    long left = then + CLOCK_STEP.toMillis() - now;
    if (left > 0 && left <= CLOCK_STEP.toMillis()) {
      met(path, status, Duration.ofMillis(left));
    }
  }
}
