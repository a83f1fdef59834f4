package org.gemel.mirror.system;

import java.time.Instant;
import java.util.Comparator;

/** A file system's time: seconds since 1970 (may be negative) and nanoseconds, 0 to 999,999,999. */
public record Timestamp(long seconds, int nanos) implements Comparable<Timestamp> {
  private static final Comparator<Timestamp> ORDER =
      Comparator.comparingLong(Timestamp::seconds).thenComparingInt(Timestamp::nanos);

  /** This machine's clock. */
  public static Timestamp now() {
    Instant now = Instant.now();
    return new Timestamp(now.getEpochSecond(), now.getNano());
  }

  @Override
  public int compareTo(Timestamp other) {
    return ORDER.compare(this, other);
  }
}
