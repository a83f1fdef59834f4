package org.gemel.database;

/**
 * A range of keys with rows that both sides do not have alike.
 *
 * @param rows so many of them
 */
public record DifferingRange(KeyRange range, long rows) {
  /** A phrase for a person. */
  public String words() {
    return range.words() + " (" + rows + (rows == 1 ? " row)" : " rows)");
  }
}
