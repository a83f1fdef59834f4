package org.gemel.control.api;

import java.util.List;

/**
 * How far the first copy into a backup is. Unknown numbers are -1.
 *
 * @param tables all of them; each is waiting, copying, here or following
 * @param waiting no row of theirs came yet
 * @param here all their rows came, and they do not follow yet
 * @param rows that came
 * @param bytes about so many of {@code estimatedBytes} came
 * @param estimatedBytes of all tables on main, without indexes
 * @param bytesPerSecond since the copy began
 * @param secondsLeft about so many until all rows are here
 * @param indexesLeft to be built once the rows are here
 * @param brokenOff why PostgreSQL copies the rest; empty where it does not
 * @param inWork tables whose rows come just now, at most fifty, the one with most to come first
 */
public record CopyStatus(
    int tables,
    int waiting,
    int copying,
    int here,
    int following,
    long rows,
    long estimatedRows,
    long bytes,
    long estimatedBytes,
    long bytesPerSecond,
    long secondsLeft,
    int indexesLeft,
    String brokenOff,
    List<Table> inWork) {
  /**
   * One table.
   *
   * @param table as SQL writes it
   * @param state {@code COPYING}
   * @param estimatedRows as main's statistics say
   * @param bytesPerSecond just now
   */
  public record Table(
      String table,
      String state,
      long rows,
      long estimatedRows,
      long bytes,
      long estimatedBytes,
      long bytesPerSecond,
      long secondsLeft) {}
}
