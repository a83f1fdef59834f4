package org.gemel.database;

/**
 * A row that the two sides do not have alike.
 *
 * @param table quoted
 * @param key as PostgreSQL writes a row of the key's columns, such as {@code (17)}
 */
public record RowDifference(String table, String key, boolean onMain, boolean onBackup) {
  private static final int LONGEST_KEY_SHOWN = 60;

  /** A phrase for a person. */
  public String words() {
    String shown =
        key.length() <= LONGEST_KEY_SHOWN ? key : key.substring(0, LONGEST_KEY_SHOWN) + "...";
    return table
        + " "
        + shown
        + (onMain ? onBackup ? " differs" : " is on main only" : " is on the backup only");
  }
}
