package org.gemel.control;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners that something changed; many changes at once are told once, a moment later. */
final class Changes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  private static final long MOMENT_MILLISECONDS = 50;

  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private final ScheduledExecutorService teller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("changes").factory());

  void happened() {
    if (due.compareAndSet(false, true) && !teller.isShutdown()) {
      var unused = teller.schedule(this::tell, MOMENT_MILLISECONDS, TimeUnit.MILLISECONDS);
    }
  }

  private void tell() {
    due.set(false);
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        LOG.warn("a listener failed and misses one change", e);
      }
    }
  }

  AutoCloseable listen(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    teller.shutdownNow();
  }
}
