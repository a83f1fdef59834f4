package org.gemel.demo.supervisor;

import java.time.Duration;

/**
 * How long to wait before a child is started again. A child that ran well for a while starts again
 * at once; one that keeps ending at its start is given more and more time, so that it cannot eat
 * the machine.
 */
record Backoff(Duration last) {
  static final Duration FIRST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofSeconds(1);
  static final Duration RAN_WELL = Duration.ofSeconds(5);

  static Backoff none() {
    return new Backoff(Duration.ZERO);
  }

  Backoff after(Duration ran) {
    if (ran.compareTo(RAN_WELL) >= 0) {
      return none();
    }
    Duration doubled = last.multipliedBy(2);
    if (doubled.compareTo(FIRST) < 0) {
      return new Backoff(FIRST);
    }
    return new Backoff(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
  }
}
