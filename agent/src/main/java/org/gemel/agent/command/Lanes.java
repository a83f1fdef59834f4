package org.gemel.agent.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets commands of one lane run one after the other, lanes beside each other. Threads exist only
 * while there is something to do.
 */
final class Lanes {
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Map<String, ExecutorService> lanes = new ConcurrentHashMap<>();
  private final ExecutorService free = Executors.newCachedThreadPool(thread("command"));

  void run(Optional<String> lane, Runnable work) {
    lane.map(name -> lanes.computeIfAbsent(name, Lanes::oneThread)).orElse(free).execute(work);
  }

  /** Interrupts what runs and waits for its end; what waits does not begin. */
  void end() throws InterruptedException {
    free.shutdownNow();
    lanes.values().forEach(ExecutorService::shutdownNow);
    for (var lane : lanes.values()) {
      var unused = lane.awaitTermination(5, TimeUnit.SECONDS);
    }
    var unused = free.awaitTermination(5, TimeUnit.SECONDS);
  }

  private static ExecutorService oneThread(String name) {
    var executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            thread(name));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Platform threads: passes over files would hold the few carriers of virtual ones for long. */
  private static ThreadFactory thread(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }
}
