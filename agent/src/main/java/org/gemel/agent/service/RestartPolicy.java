package org.gemel.agent.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When a service that died is started again: at once where it ran well, later and later where it
 * keeps dying. Times are milliseconds of a clock that never jumps.
 */
final class RestartPolicy {
  private static final long FIRST_WAIT = 100;
  private static final long LONGEST_WAIT = 5_000;
  private static final int DEATHS = 3;

  /** Deaths this close together count; a service that ran this long runs well. */
  static final long WINDOW = Duration.ofSeconds(10).toMillis();

  private final Deque<Long> deaths = new ArrayDeque<>();
  private long wait = FIRST_WAIT;
  private boolean failing;

  /** Takes note of a death and says when to start again. */
  long died(long startedAt, long now) {
    if (now - startedAt >= WINDOW) {
      forget();
    }
    deaths.addLast(now);
    if (deaths.size() > DEATHS) {
      deaths.removeFirst();
    }
    failing |= deaths.size() == DEATHS && now - deaths.getFirst() <= WINDOW;
    long due = now + wait;
    wait = Math.min(2 * wait, LONGEST_WAIT);
    return due;
  }

  /** It died so often that a person should look; true until it has run well again. */
  boolean failing() {
    return failing;
  }

  /** It runs now, since then. */
  void runs(long startedAt, long now) {
    if (now - startedAt >= WINDOW) {
      forget();
    }
  }

  void forget() {
    deaths.clear();
    wait = FIRST_WAIT;
    failing = false;
  }
}
