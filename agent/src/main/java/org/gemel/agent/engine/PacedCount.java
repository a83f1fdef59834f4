package org.gemel.agent.engine;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A count that costs the more the more there is to count, such as that of all rows of a table: it
 * is made anew so seldom that it takes a fiftieth of the time at most.
 */
final class PacedCount {
  private static final long PAUSE = 50;

  private final LongSupplier nanoseconds;
  private final Supplier<OptionalLong> count;
  private OptionalLong last = OptionalLong.empty();
  private long next;
  private boolean begun;

  PacedCount(LongSupplier nanoseconds, Supplier<OptionalLong> count) {
    this.nanoseconds = nanoseconds;
    this.count = count;
  }

  /** The count, which may be older than now by fifty times what it took. */
  synchronized OptionalLong read() {
    long before = nanoseconds.getAsLong();
    if (begun && before - next < 0) {
      return last;
    }
    last = count.get();
    long after = nanoseconds.getAsLong();
    next = after + PAUSE * (after - before);
    begun = true;
    return last;
  }
}
