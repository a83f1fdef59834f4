package org.gemel.agent.engine;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that costs the more the more there is, such as counting all rows of a table: it is
 * looked at anew so seldom that it takes a fiftieth of the time at most.
 */
final class Paced<T> {
  private static final long PAUSE = 50;

  private final LongSupplier nanoseconds;
  private final Supplier<T> look;
  private @Nullable T last;
  private long next;

  Paced(LongSupplier nanoseconds, Supplier<T> look) {
    this.nanoseconds = nanoseconds;
    this.look = look;
  }

  /** What was seen last, which may be older than now by fifty times what the look took. */
  synchronized T read() {
    long before = nanoseconds.getAsLong();
    var seen = last;
    if (seen != null && before - next < 0) {
      return seen;
    }
    seen = look.get();
    last = seen;
    long after = nanoseconds.getAsLong();
    next = after + PAUSE * (after - before);
    return seen;
  }
}
