package org.gemel.bench.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which rows a client was told are there, and when. Threads may share it. */
public final class Acknowledged {
  private final BitSet numbers = new BitSet();
  private final List<Long> times = new ArrayList<>();

  synchronized void add(int number, long nanos) {
    numbers.set(number);
    times.add(nanos);
    notifyAll();
  }

  public synchronized int count() {
    return times.size();
  }

  /** Waits for an acknowledgement at this time or later; false if none comes that soon. */
  synchronized boolean awaitSince(long nanos, Duration longest) throws InterruptedException {
    long began = System.nanoTime();
    while (times.isEmpty() || times.getLast() < nanos) {
      long left = longest.toMillis() - Duration.ofNanos(System.nanoTime() - began).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /**
   * The longest time without an acknowledgement, in seconds, of those that touch this span. Each
   * counts from the last acknowledgement before it to the first one after it, so both must be
   * there.
   */
  synchronized double longestGap(long from, long to) {
    if (times.isEmpty() || times.getFirst() > from || times.getLast() < to) {
      throw new IllegalStateException(
          "found a gap that is still open, wanted an acknowledgement before and after: wait for it");
    }
    long longest = 0;
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i) >= from && times.get(i - 1) <= to) {
        longest = Math.max(longest, times.get(i) - times.get(i - 1));
      }
    }
    return longest / 1e9;
  }

  /** How many of them a database does not have. */
  public long missingIn(Access access) throws SQLException {
    BitSet missing;
    synchronized (this) {
      missing = (BitSet) numbers.clone();
    }
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT number FROM orders")) {
      while (rows.next()) {
        missing.clear(rows.getInt(1));
      }
    }
    return missing.cardinality();
  }
}
