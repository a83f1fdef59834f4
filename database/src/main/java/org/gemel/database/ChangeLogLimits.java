package org.gemel.database;

/**
 * What a change log may hold.
 *
 * @param keysPerTable beyond so many the whole table counts as changed
 * @param keptBytes of the server's log, beyond which it is let go of and the notes end
 * @param changesAtATime read from the log in one go; a transaction is never cut
 * @param alwaysRepaired so many changed rows are always repaired, never copied with all the others
 * @param repairedShare of all rows, beyond which all are copied
 */
public record ChangeLogLimits(
    long keysPerTable,
    long keptBytes,
    int changesAtATime,
    long alwaysRepaired,
    double repairedShare) {
  public static ChangeLogLimits standard() {
    return new ChangeLogLimits(100_000, 16L << 30, 20_000, 10_000, 0.3);
  }
}
