package org.gemel.database;

/** How far the first copy of one table is, on the backup. */
public record TableCopy(String table, State state) {
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
}
