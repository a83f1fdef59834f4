package org.gemel.database;

import java.time.Duration;

/** How long something that only others can end is waited for. */
final class Patience {
  private static final Duration PAUSE = Duration.ofMillis(15);

  private final long endNanos;

  Patience(Duration length) {
    endNanos = System.nanoTime() + length.toNanos();
  }

  boolean isOver() {
    return System.nanoTime() - endNanos > 0;
  }

  /** A breath before the next look. An interrupt ends the operation, which is safe to repeat. */
  void pause() throws DatabaseFailure {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DatabaseFailure.unfinished(
          "this operation interrupted", "it to end by itself", "repeat it");
    }
  }
}
