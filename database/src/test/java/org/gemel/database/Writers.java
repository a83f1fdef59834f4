package org.gemel.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that write as fast as they can to whichever side lets them in, some over one connection
 * and some over a new one for every row, and remember each row that was acknowledged to them.
 */
final class Writers implements AutoCloseable {
  private final List<Newsroom.Side> sides;
  private final List<Thread> threads = new ArrayList<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean ended;

  Writers(List<Newsroom.Side> sides, int lasting, int connecting) {
    this.sides = sides;
    for (int i = 0; i < lasting + connecting; i++) {
      String who = "writer " + i;
      boolean newConnectionEachTime = i >= lasting;
      threads.add(Thread.ofVirtual().start(() -> work(who, newConnectionEachTime)));
    }
  }

  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  int refused() {
    return refused.get();
  }

  @Override
  public void close() {
    ended = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted while the writers end", e);
      }
    }
  }

  private void work(String who, boolean newConnectionEachTime) {
    for (int number = 0; !ended; number++) {
      Newsroom.Side side = sides.get(number % sides.size());
      try (Connection connection = side.client();
          PreparedStatement insert =
              connection.prepareStatement("INSERT INTO assets(project, title) VALUES (1, ?)")) {
        do {
          String title = who + " row " + number;
          insert.setString(1, title);
          insert.executeUpdate();
          acknowledged.add(title);
          number++;
        } while (!ended && !newConnectionEachTime);
      } catch (SQLException e) {
        refused.incrementAndGet(); // held out, or ended in the middle: not acknowledged
      }
    }
  }
}
