package org.gemel.agent.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads something that may hang, for somebody who may not wait long. What it returns was read after
 * it was asked for; while a reading hangs no second one is begun.
 */
public final class FreshReading<T> {
  private final String name;
  private final Supplier<T> reading;
  private @Nullable FutureTask<T> hanging;

  /** Reads nothing yet; the name is for people who look at threads. */
  public FreshReading(String name, Supplier<T> reading) {
    this.name = name;
    this.reading = reading;
  }

  /** Empty if nothing was read in this time. */
  public synchronized Optional<T> read(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    var before = hanging;
    if (before != null && await(before, until).isEmpty()) {
      return Optional.empty();
    }
    var task = new FutureTask<>(reading::get);
    hanging = task;
    var unused = Thread.ofVirtual().name(name).start(task);
    return await(task, until);
  }

  private Optional<T> await(FutureTask<T> task, long until) throws InterruptedException {
    try {
      var value = task.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      hanging = null;
      return Optional.of(value);
    } catch (TimeoutException hangs) {
      return Optional.empty();
    } catch (ExecutionException | CancellationException fault) {
      hanging = null;
      throw new IllegalStateException(name + " failed", fault);
    }
  }
}
