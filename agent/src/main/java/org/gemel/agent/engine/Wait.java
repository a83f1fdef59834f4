package org.gemel.agent.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Asks again and again for something that becomes true by itself, until a time is over. */
final class Wait {
  private static final Duration BETWEEN = Duration.ofMillis(20);

  /** One look. */
  interface Look<T, F extends Exception> {
    /** Present as soon as it is true. */
    Optional<T> look() throws F;
  }

  private final LongSupplier nanoseconds;

  Wait(LongSupplier nanoseconds) {
    this.nanoseconds = nanoseconds;
  }

  /** Looks at least once; empty if the time is over. */
  <T, F extends Exception> Optional<T> until(Duration timeout, Look<T, F> look)
      throws F, InterruptedException {
    long begun = nanoseconds.getAsLong();
    while (true) {
      var found = look.look();
      if (found.isPresent() || nanoseconds.getAsLong() - begun >= timeout.toNanos()) {
        return found;
      }
      Thread.sleep(BETWEEN);
    }
  }
}
