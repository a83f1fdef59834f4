package org.gemel.agent.service;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread on which services are looked after; it sleeps until the next step is due. */
final class ServiceThread implements AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;
  private final Map<ServiceRunner, ScheduledFuture<?>> next = new HashMap<>();

  ServiceThread() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("services").unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Milliseconds of a clock that never jumps. */
  long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  boolean isOpen() {
    return !executor.isShutdown();
  }

  /** Steps a service now, and plans its next step. Only on this thread. */
  void step(ServiceRunner runner) {
    ScheduledFuture<?> planned = next.remove(runner);
    if (planned != null) {
      planned.cancel(false);
    }
    long delay = runner.step(now());
    if (delay != ServiceRunner.NEVER) {
      unlessClosed(
          () ->
              next.put(
                  runner,
                  executor.schedule(
                      () -> step(runner), Math.max(1, delay), TimeUnit.MILLISECONDS)));
    }
  }

  /** Has a service stepped soon; from any thread. */
  void wake(ServiceRunner runner) {
    unlessClosed(() -> executor.execute(() -> step(runner)));
  }

  /**
   * After the close nobody looks after the services any more, and nothing is planned, as wished.
   */
  private void unlessClosed(Runnable plan) {
    try {
      plan.run();
    } catch (RejectedExecutionException e) {
      if (isOpen()) {
        throw e;
      }
    }
  }

  /** Does something on this thread and waits for it. */
  <T> T call(Callable<T> task) throws IOException {
    try {
      return executor.submit(task).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (RejectedExecutionException | CancellationException e) {
      throw new IllegalStateException("the services of this device are no longer looked after", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the services", e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      // A step under way may be writing; it ends before the next supervisor may read.
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a step of a service has been under way for 10 seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
