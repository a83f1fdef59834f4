package org.gemel.mirror.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The kernel's clock for file times, which goes in steps. */
public final class FileClock {
  /** The coarsest step of the kernel's clock for file times (100 Hz), doubled. */
  private static final Duration STEP = Duration.ofMillis(20);

  private FileClock() {}

  /**
   * Waits until the kernel's clock has moved past a file's last change. Two writes within one step
   * leave the same time: a copy of the first would count as equal to the second for ever.
   */
  public static void awaitStepAfter(Timestamp modified) {
    long now = System.currentTimeMillis();
    long then = modified.seconds() * 1000 + modified.nanos() / 1_000_000;
    long left = then + STEP.toMillis() - now;
    if (left > 0 && left <= STEP.toMillis()) {
      LockSupport.parkNanos(Duration.ofMillis(left).toNanos());
    }
  }
}
