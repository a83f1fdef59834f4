package org.gemel.demo.workload;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Works at a steady pace until it is told to stop.
 *
 * <p>A JVM that ends by SIGTERM has status 143 whatever it did. The hook waits for the act in hand
 * and then halts with 0, so that an agent can tell an orderly end from a crash.
 */
final class WorkLoop {
  private static final Duration LONGEST_ACT = Duration.ofSeconds(30);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  void run(Workload workload, Duration pace) throws IOException {
    Thread hook = new Thread(this::endOrderly, "end-orderly");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      long next = System.nanoTime();
      while (asked.getCount() > 0) {
        workload.workOnce();
        next = Math.max(next + pace.toNanos(), System.nanoTime() - pace.toNanos());
        if (asked.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
      if (asked.getCount() > 0) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  private void endOrderly() {
    asked.countDown();
    try {
      boolean orderly = ended.await(LONGEST_ACT.toMillis(), TimeUnit.MILLISECONDS);
      System.out.flush();
      Runtime.getRuntime().halt(orderly ? 0 : 1);
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
