package org.gemel.demo.proof;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gemel.core.Side;
import org.gemel.demo.workload.DatabaseAccess;
import org.jspecify.annotations.Nullable;

/** Writes to both databases as a client all the time, and keeps what they answered. */
public final class DualWriteProbe implements AutoCloseable {
  private final Map<Side, DatabaseAccess> databases;
  private final Duration pace;
  private final InstantSource clock;
  private final List<ProbeAttempt> attempts = new ArrayList<>();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  private DualWriteProbe(Map<Side, DatabaseAccess> databases, Duration pace, InstantSource clock) {
    this.databases = Map.copyOf(databases);
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * Starts to write.
   *
   * @param databases of both sides, as application
   * @param pace between two tries on a side; far shorter than any role lasts
   */
  public static DualWriteProbe start(
      Map<Side, DatabaseAccess> databases, Duration pace, InstantSource clock) {
    DualWriteProbe probe = new DualWriteProbe(databases, pace, clock);
    for (Map.Entry<Side, DatabaseAccess> entry : probe.databases.entrySet()) {
      probe.threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("probe-" + entry.getKey())
              .start(() -> probe.run(entry.getKey(), entry.getValue())));
    }
    return probe;
  }

  /** All attempts so far. */
  public List<ProbeAttempt> attempts() {
    synchronized (attempts) {
      return List.copyOf(attempts);
    }
  }

  /** Every proof so far that both sides accepted writes at once; empty is what must be. */
  public List<DualWrite> dualWrites() {
    return DualWrite.find(attempts());
  }

  private void run(Side side, DatabaseAccess database) {
    // Larger than any number of an earlier probe, whose rows may still be there.
    long number = clock.instant().toEpochMilli() * 1000;
    @Nullable Connection connection = null;
    try {
      do {
        number++;
        long begin = System.nanoTime();
        try {
          if (connection == null) {
            connection = database.open();
          }
        } catch (SQLException e) {
          record(side, number, ProbeAttempt.Answer.REFUSED, begin, e.getMessage());
          continue;
        }
        try {
          write(connection, side, number);
          record(side, number, ProbeAttempt.Answer.ACCEPTED, begin, "");
        } catch (SQLException e) {
          record(side, number, answer(e), begin, e.getMessage());
          connection = close(connection);
        }
      } while (!ending.await(pace.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(connection);
    }
  }

  /** A write that broke off may have been committed, unless the server said otherwise. */
  private static ProbeAttempt.Answer answer(SQLException e) {
    String state = e.getSQLState();
    boolean broke = state == null || state.startsWith("08") || state.startsWith("57");
    return broke ? ProbeAttempt.Answer.UNKNOWN : ProbeAttempt.Answer.REFUSED;
  }

  private static void write(Connection connection, Side side, long number) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO probe (side, number) VALUES (?, ?)")) {
      statement.setString(1, side.toString());
      statement.setLong(2, number);
      statement.executeUpdate();
    }
  }

  private void record(
      Side side, long number, ProbeAttempt.Answer answer, long begin, @Nullable String reason) {
    long end = System.nanoTime();
    synchronized (attempts) {
      attempts.add(
          new ProbeAttempt(
              side, number, answer, begin, end, clock.instant(), reason == null ? "" : reason));
    }
  }

  private static @Nullable Connection close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        System.err.println("closing a probe's broken connection: " + e.getMessage());
      }
    }
    return null;
  }

  /** Ends it; returns when the last write in flight has been answered. */
  @Override
  public void close() {
    ending.countDown();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
