package org.gemel.agent;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, and fails if it does not come about. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Eventually() {}

  public static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come about within " + PATIENCE);
      }
      Thread.sleep(10);
    }
  }
}
