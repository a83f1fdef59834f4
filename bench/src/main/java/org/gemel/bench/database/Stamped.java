package org.gemel.bench.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that commits a small row on main a few times a second, and one that looks for it on the
 * backup: how long after its commit was acknowledged can a row be read there? By one clock, exact
 * to the time between two looks. A row that is seen before its acknowledgement arrived took no
 * time.
 */
public final class Stamped implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
  private static final int A_SECOND = 20;

  private final Access main;
  private final @Nullable Access backup;
  private final ConcurrentHashMap<Long, Long> committed = new ConcurrentHashMap<>();
  private final List<Double> delays = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ending;
  private volatile long last;
  private volatile @Nullable SQLException failure;

  private Stamped(Access main, @Nullable Access backup) {
    this.main = main;
    this.backup = backup;
  }

  /** Makes the table that it needs; before the replication starts. */
  public static void make(Access administrator, String client) throws SQLException {
    administrator.run(
        "DROP TABLE IF EXISTS stamped",
        "CREATE TABLE stamped (id bigint PRIMARY KEY, words text NOT NULL)",
        "GRANT SELECT, INSERT ON stamped TO " + client);
  }

  /**
   * Begins to write, and to look.
   *
   * @param backup null: nobody looks, as there is no replication
   */
  public static Stamped start(Access main, @Nullable Access backup) {
    Stamped stamped = new Stamped(main, backup);
    stamped.begin("stamping", stamped::write);
    if (backup != null) {
      stamped.begin("looking", stamped::look);
    }
    return stamped;
  }

  private interface Work {
    void run() throws SQLException;
  }

  private void begin(String name, Work work) {
    Runnable body =
        () -> {
          try {
            work.run();
          } catch (SQLException e) {
            failure = e;
          }
        };
    threads.add(Thread.ofPlatform().name(name).daemon().start(body));
  }

  private void write() throws SQLException {
    try (Connection connection = main.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO stamped VALUES (?, 'a row to look for')")) {
      long next = System.nanoTime();
      for (long id = 1; !ending; id++) {
        insert.setLong(1, id);
        insert.executeUpdate();
        long now = System.nanoTime();
        committed.put(id, now);
        last = id;
        next = Math.max(next + 1_000_000_000L / A_SECOND, now);
        LockSupport.parkNanos(next - now);
      }
    }
  }

  private void look() throws SQLException {
    long seen = 0;
    try (Connection connection = Objects.requireNonNull(backup).connect();
        PreparedStatement newest =
            connection.prepareStatement("SELECT coalesce(max(id), 0) FROM stamped")) {
      while (!ending || seen < last) {
        long found = 0;
        try (ResultSet rows = newest.executeQuery()) {
          found = rows.next() ? rows.getLong(1) : 0;
        }
        long now = System.nanoTime();
        for (long id = seen + 1; id <= found; id++) {
          delays.add(Math.max(0, now - committed.getOrDefault(id, now)) / 1e9);
        }
        seen = Math.max(seen, found);
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  /** Ends it once every row was seen; all delays in seconds, none if nobody looked. */
  public List<Double> delays(Duration longest) throws IOException, InterruptedException {
    ending = true;
    for (Thread thread : threads) {
      if (!thread.join(longest)) {
        throw new IOException(
            "found rows that are not on the backup after %d s, wanted all"
                .formatted(longest.toSeconds()));
      }
    }
    SQLException failed = failure;
    if (failed != null) {
      throw new IOException("stamped rows: " + failed.getMessage(), failed);
    }
    return List.copyOf(delays);
  }

  @Override
  public void close() {
    ending = true;
    last = 0;
  }
}
