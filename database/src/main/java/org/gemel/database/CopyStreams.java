package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Several that work at one time; the first that fails, or an interrupt, ends all. */
final class CopyStreams {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

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
    BlockingQueue<FutureTask<Boolean>> ended = new LinkedBlockingQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Stream stream : streams) {
      threads.add(Thread.ofPlatform().name("copy").start(task(stream, ended)));
    }
    boolean whole = false;
    try {
      int working = threads.size();
      while (working > 0) {
        FutureTask<Boolean> task = ended.poll(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        if (task == null) {
          watch.look();
        } else {
          var _ = task.get();
          working--;
        }
      }
      whole = true;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SQLException sql -> throw sql;
        case DatabaseFailure failure -> throw failure;
        case null, default -> throw new IllegalStateException("a stream failed", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DatabaseFailure.unfinished("this copy interrupted", "it to end by itself", "repeat it");
    } finally {
      if (!whole) {
        abort.run();
      }
      for (Thread thread : threads) {
        joinUnheard(thread);
      }
    }
  }

  private static FutureTask<Boolean> task(Stream stream, BlockingQueue<FutureTask<Boolean>> ended) {
    return new FutureTask<>(
        () -> {
          stream.run();
          return true;
        }) {
      @Override
      protected void done() {
        ended.add(this);
      }
    };
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
