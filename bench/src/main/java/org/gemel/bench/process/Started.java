package org.gemel.bench.process;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was started until now, each after what it needs. It is ended the other way round, whole even
 * if one of them fails to end, and in peace even if the thread was interrupted: a server that is
 * killed may leave others behind.
 */
public final class Started implements AutoCloseable {
  private final Deque<Runnable> endings = new ArrayDeque<>();

  public void add(Runnable ending) {
    endings.push(ending);
  }

  @Override
  public void close() {
    boolean interrupted = false;
    try {
      interrupted = Thread.interrupted();
      if (!endings.isEmpty()) {
        endings.pop().run();
      }
    } finally {
      if (!endings.isEmpty()) {
        close();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
