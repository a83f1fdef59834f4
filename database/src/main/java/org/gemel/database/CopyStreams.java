package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Several that work at one time; the first that fails, or an interrupt, ends all. */
final class CopyStreams {
  /** What one of them does. */
  interface Stream {
    void run() throws SQLException, DatabaseFailure;
  }

  /** What the caller does meanwhile, again and again; may end everything by a failure. */
  interface Watch {
    void look() throws SQLException, DatabaseFailure;
  }

  private CopyStreams() {}

  /**
   * Returns when all are done.
   *
   * @param abort makes those that still work fail at once
   */
  static void run(Collection<? extends Stream> streams, Watch watch, Runnable abort)
      throws SQLException, DatabaseFailure {
    Queue<FutureTask<Boolean>> tasks = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Stream stream : streams) {
      FutureTask<Boolean> task =
          new FutureTask<>(
              () -> {
                stream.run();
                return true;
              });
      tasks.add(task);
      threads.add(Thread.ofPlatform().name("copy").start(task));
    }
    boolean whole = false;
    try {
      while (!tasks.isEmpty()) {
        for (FutureTask<Boolean> task : List.copyOf(tasks)) {
          if (task.isDone()) {
            tasks.remove(task);
            result(task);
          }
        }
        watch.look();
      }
      whole = true;
    } finally {
      if (!whole) {
        abort.run();
      }
      for (Thread thread : threads) {
        joinUnheard(thread);
      }
    }
  }

  private static void result(FutureTask<Boolean> task) throws SQLException, DatabaseFailure {
    try {
      var _ = task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SQLException sql -> throw sql;
        case DatabaseFailure failure -> throw failure;
        case null, default -> throw new IllegalStateException("a stream failed", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // heard at the next look
    }
  }

  private static void joinUnheard(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
