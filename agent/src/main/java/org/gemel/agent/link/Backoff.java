package org.gemel.agent.link;

import java.time.Duration;

/**
 * How long to wait before the next try: short at first, so that a restarted control point is found
 * at once.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private Duration next = FIRST;

  /** The wait after one more failure. */
  Duration after() {
    var wait = next;
    next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
    return wait;
  }

  /** It worked. */
  void reset() {
    next = FIRST;
  }
}
