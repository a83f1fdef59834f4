package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Works through the parts of one large file on several threads, in any order. The caller's thread
 * is one of them; the others end before it goes on, whatever happened, so that no descriptor is
 * used after it was closed.
 */
final class Stripes {
  /** Few parts are done sooner than a thread is made. */
  private static final long A_THREAD_EACH = 4;

  private final Work work;
  private final long count;
  private final AtomicLong next = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** What is to be done with a part. */
  interface Work {
    void run(long part) throws IOException;
  }

  private Stripes(long count, Work work) {
    this.count = count;
    this.work = work;
  }

  /** Does all parts, from 0 on; throws on what the first of them throws that fails. */
  static void run(int threads, long count, Work work) throws IOException {
    Stripes stripes = new Stripes(count, work);
    List<Thread> helpers = new ArrayList<>();
    for (long i = 1; i < Math.min(threads, count / A_THREAD_EACH); i++) {
      helpers.add(Thread.ofPlatform().daemon().name("mirror-stripes-" + i).start(stripes::work));
    }
    stripes.work();
    helpers.forEach(Workers::join);
    stripes.rethrow();
  }

  private void work() {
    try {
      long part = next.getAndIncrement();
      while (part < count && failure.get() == null) {
        work.run(part);
        part = next.getAndIncrement();
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private void rethrow() throws IOException {
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new AssertionError("no work can throw this", e);
    }
  }
}
