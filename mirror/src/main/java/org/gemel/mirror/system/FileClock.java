package org.gemel.mirror.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The kernel's clock for file times, which goes in steps. */
public final class FileClock {
  /** The coarsest step of the kernel's clock for file times (100 Hz), doubled. */
  private static final Duration STEP = Duration.ofMillis(20);

  private FileClock() {}

  /**
   * How long until the kernel's clock has surely moved past a file's last change; zero if it has,
   * or if that change lies in the future. Two writes within one step leave the same time: a copy of
   * the first would count as equal to the second for ever.
   */
  public static Duration untilStepAfter(Timestamp modified) {
    long now = System.currentTimeMillis();
    long then = modified.seconds() * 1000 + modified.nanos() / 1_000_000;
    long left = then + STEP.toMillis() - now;
    return left > 0 && left <= STEP.toMillis() ? Duration.ofMillis(left) : Duration.ZERO;
  }

  /** Waits that long. */
  public static void awaitStepAfter(Timestamp modified) {
    Duration left = untilStepAfter(modified);
    if (!left.isZero()) {
      LockSupport.parkNanos(left.toNanos());
    }
  }
}
