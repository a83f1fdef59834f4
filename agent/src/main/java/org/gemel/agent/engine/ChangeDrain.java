package org.gemel.agent.engine;

import java.time.Duration;
import org.gemel.database.DatabaseFailure;

/**
 * Notes every few seconds what changed in a database since the sides parted, so that its server
 * need not keep the log of it. What failed is tried again the next time; how much log is held
 * meanwhile stands in the database's status.
 */
final class ChangeDrain {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final DatabaseEngine engine;
  private final Thread thread;

  ChangeDrain(DatabaseEngine engine) {
    this.engine = engine;
    this.thread = Thread.ofVirtual().name("database-changes").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (drained()) {
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean drained() {
    try {
      return engine.drainChanges();
    } catch (DatabaseFailure failure) {
      return true; // no use in asking again at once
    }
  }
}
