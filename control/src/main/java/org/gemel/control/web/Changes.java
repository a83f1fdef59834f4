package org.gemel.control.web;

import java.time.Duration;
import org.gemel.control.api.ControlPoint;

/**
 * Wakes the streams when something changed. A burst of changes wakes them once: what they then read
 * is the newest state, so nothing is lost by leaving out what lay between.
 */
final class Changes implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final AutoCloseable subscription;
  private long version;
  private boolean closed;

  Changes(ControlPoint control) {
    this.subscription = control.onChange(this::changed);
  }

  synchronized void changed() {
    version++;
    notifyAll();
  }

  synchronized long version() {
    return version;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Waits until the version is not {@code seen} any more, at most so long. */
  synchronized void await(long seen, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (version == seen && !closed) {
      long left = (end - System.nanoTime()) / NANOS_PER_MILLI;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException(
          "the control point did not let go of the web server's listener", e);
    }
  }
}
