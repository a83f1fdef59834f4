package org.gemel.mirror;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a few threads until none is left. The newest goes first: that is depth first, so
 * what waits stays little however large the tree is. Platform threads, as the calls they make hold
 * a thread's carrier anyway.
 *
 * <p>If a task throws, those that wait are abandoned, those at work end, and the first exception is
 * thrown on.
 */
final class Workers {
  /** Something to do; exactly one of its methods is called, once. */
  interface Task {
    void run();

    /** Lets go of what it holds without doing anything. */
    void abandon();
  }

  private final int threads;
  private final Deque<Task> waiting = new ArrayDeque<>();
  private int unfinished;
  private @Nullable Throwable failure;

  Workers(int threads) {
    this.threads = threads;
  }

  /** How many threads there are when the machine is to decide. */
  static int usual() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
  }

  /**
   * Does what was submitted and all that comes of it; the caller's thread is one of the workers.
   */
  void run() {
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      helpers.add(Thread.ofPlatform().daemon().name("mirror-", i).start(this::work));
    }
    work();
    helpers.forEach(Workers::join);
    rethrow();
  }

  synchronized void submit(Task task) {
    unfinished++;
    waiting.addLast(task);
    notifyAll();
  }

  /** Whether enough waits that a worker had better go on itself than hand out more. */
  synchronized boolean isBusy() {
    return waiting.size() >= 4 * threads;
  }

  private void work() {
    for (@Nullable Task task = take(); task != null; task = take()) {
      try {
        if (isFailed()) {
          task.abandon();
        } else {
          task.run();
        }
      } catch (Throwable e) {
        fail(e);
      } finally {
        ended();
      }
    }
  }

  private synchronized @Nullable Task take() {
    while (waiting.isEmpty() && unfinished > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Tasks end by themselves; whoever interrupts is told at the end.
        interrupted = true;
      }
    }
    return waiting.pollLast();
  }

  private boolean interrupted;

  private synchronized void ended() {
    unfinished--;
    if (unfinished == 0) {
      notifyAll();
    }
  }

  private synchronized boolean isFailed() {
    return failure != null;
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    } else if (failure.getClass() != e.getClass()) {
      failure.addSuppressed(e);
    }
  }

  private synchronized void rethrow() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** Waits until a thread has ended, whoever interrupts that. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
