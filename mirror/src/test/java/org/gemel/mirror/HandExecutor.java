package org.gemel.mirror;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Keeps what it is given until a test runs it; has no threads and never ticks. */
final class HandExecutor extends ScheduledThreadPoolExecutor {
  private final Deque<Runnable> given = new ArrayDeque<>();

  HandExecutor() {
    super(0);
  }

  @Override
  public void execute(Runnable work) {
    given.addLast(work);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable work, long initialDelay, long delay, TimeUnit unit) {
    return super.schedule(() -> {}, 1, TimeUnit.DAYS);
  }

  int given() {
    return given.size();
  }

  void runNext() {
    given.removeFirst().run();
  }

  void runAll() {
    while (!given.isEmpty()) {
      runNext();
    }
  }
}
