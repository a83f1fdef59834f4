package org.gemel.agent.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Asks again and again for something that becomes true by itself, until a time is over. Often at
 * first, since clients may be waiting; what takes longer may take hours, and each look costs.
 */
final class Wait {
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Duration SELDOM = Duration.ofMillis(250);
  private static final Duration OFTEN_FOR = Duration.ofSeconds(2);

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
      Duration waited = Duration.ofNanos(nanoseconds.getAsLong() - begun);
      if (found.isPresent() || waited.compareTo(timeout) >= 0) {
        return found;
      }
      Thread.sleep(between(waited));
    }
  }

  /** How long to leave it alone after having waited so long. */
  static Duration between(Duration waited) {
    return waited.compareTo(OFTEN_FOR) < 0 ? OFTEN : SELDOM;
  }
}
