package org.gemel.bench.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that commits a row every few milliseconds to whichever server takes it. When one fails
 * it tries the other at once, and both in turn until one takes a row, as a driver with several
 * hosts does: a server that is no main does not let it in, or is read-only. A row that was not
 * acknowledged is not counted, even if it came to be.
 */
public final class Writer implements AutoCloseable {
  /** Between two tries that both failed: a client that never rests would slow both peers down. */
  private static final Duration BREATH = Duration.ofMillis(5);

  private final List<Access> servers;
  private final long everyNanos;
  private final Acknowledged acknowledged = new Acknowledged();
  private final Thread thread;
  private volatile boolean ending;
  private int number;

  private Writer(List<Access> servers, int perSecond) {
    this.servers = List.copyOf(servers);
    this.everyNanos = 1_000_000_000L / perSecond;
    this.thread = Thread.ofPlatform().name("writer").daemon().unstarted(this::write);
  }

  public static Writer start(List<Access> servers, int perSecond) {
    Writer writer = new Writer(servers, perSecond);
    writer.thread.start();
    return writer;
  }

  public Acknowledged acknowledged() {
    return acknowledged;
  }

  private void write() {
    int server = 0;
    while (!ending) {
      int before = acknowledged.count();
      try (Connection connection = servers.get(server).connect();
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO orders (number, words) VALUES (?, 'a row of a steady client')")) {
        write(connection, insert);
      } catch (SQLException refused) {
        server = (server + 1) % servers.size();
        if (acknowledged.count() == before && server == 0) {
          LockSupport.parkNanos(BREATH.toNanos());
        }
      }
    }
  }

  private void write(Connection connection, PreparedStatement insert) throws SQLException {
    // A server that falls silent must not hold the client for ever.
    connection.setNetworkTimeout(Runnable::run, 10_000);
    long next = System.nanoTime();
    while (!ending) {
      insert.setLong(1, ++number);
      insert.executeUpdate();
      long now = System.nanoTime();
      acknowledged.add(number, now);
      next = Math.max(next + everyNanos, now - everyNanos);
      LockSupport.parkNanos(next - now);
    }
  }

  @Override
  public void close() {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
