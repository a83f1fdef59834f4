package org.gemel.database;

import java.time.Duration;
import java.util.Optional;

/**
 * How far the first copy of one table is, on the backup.
 *
 * @param rows rows that came, those of a part under way too
 * @param estimatedRows of the table, as main's statistics said; negative where that is unknown
 * @param bytes about so many of {@code estimatedBytes} came
 * @param estimatedBytes of the table on main, without indexes; negative where that is unknown
 * @param bytesPerSecond that come just now
 */
public record TableCopy(
    String table,
    State state,
    long rows,
    long estimatedRows,
    long bytes,
    long estimatedBytes,
    long bytesPerSecond) {
  /** States of {@code pg_subscription_rel}, in their order. */
  public enum State {
    /** Waits for a free worker. */
    WAITING,
    /** Its rows are being copied. */
    COPYING,
    /** Its rows are here and it catches up with the other tables. */
    CATCHING_UP,
    /** It follows main together with all others. */
    FOLLOWING
  }

  /** Of a table whose size is not known. */
  public TableCopy(String table, State state) {
    this(table, state, 0, -1, 0, -1, 0);
  }

  /** About how long it takes until its rows are here, while they come. */
  public Optional<Duration> left() {
    return state == State.COPYING && bytesPerSecond > 0 && estimatedBytes >= 0
        ? Optional.of(Duration.ofSeconds((estimatedBytes - bytes) / bytesPerSecond))
        : Optional.empty();
  }
}
