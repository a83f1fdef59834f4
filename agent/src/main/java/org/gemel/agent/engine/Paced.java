package org.gemel.agent.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that costs the more the more there is, such as counting all rows of a table: it is
 * looked at anew so seldom that it takes a fiftieth of the time at most, and nobody waits for it to
 * the end.
 */
final class Paced<T> {
  private static final long PAUSE = 50;
  private static final long LONGEST_PAUSE = Duration.ofMinutes(10).toNanos();

  /**
   * What was seen last.
   *
   * @param age since that look began
   */
  record Seen<T>(T value, Duration age) {}

  private record Look<T>(T value, long begun, long ended) {}

  private final String name;
  private final LongSupplier nanoseconds;
  private final Supplier<T> look;
  private @Nullable Look<T> last;
  private @Nullable FutureTask<Look<T>> underway;

  /** Looks at nothing yet; the name is for people who look at threads. */
  Paced(String name, LongSupplier nanoseconds, Supplier<T> look) {
    this.name = name;
    this.nanoseconds = nanoseconds;
    this.look = look;
  }

  /** What is known, without waiting; where nothing is yet, waits this long for the first look. */
  synchronized Optional<Seen<T>> known(Duration patience) throws InterruptedException {
    return read(last == null ? patience : Duration.ZERO);
  }

  /** Waits this long for a look that is under way; empty as long as none ever ended. */
  synchronized Optional<Seen<T>> read(Duration patience) throws InterruptedException {
    if (underway == null && isDue()) {
      underway = new FutureTask<>(this::look);
      var unused = Thread.ofVirtual().name(name).start(underway);
    }
    if (underway != null) {
      await(underway, patience);
    }
    var seen = last;
    return seen == null
        ? Optional.empty()
        : Optional.of(
            new Seen<>(seen.value(), Duration.ofNanos(nanoseconds.getAsLong() - seen.begun())));
  }

  private boolean isDue() {
    var seen = last;
    return seen == null
        || nanoseconds.getAsLong() - seen.ended()
            >= Math.min(LONGEST_PAUSE, PAUSE * (seen.ended() - seen.begun()));
  }

  private Look<T> look() {
    long begun = nanoseconds.getAsLong();
    T value = look.get();
    return new Look<>(value, begun, nanoseconds.getAsLong());
  }

  private void await(FutureTask<Look<T>> task, Duration patience) throws InterruptedException {
    try {
      last = task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      underway = null;
    } catch (TimeoutException stillLooking) {
      // what was seen before is what is known
    } catch (ExecutionException | CancellationException fault) {
      underway = null;
      throw new IllegalStateException(name + " failed", fault);
    }
  }
}
