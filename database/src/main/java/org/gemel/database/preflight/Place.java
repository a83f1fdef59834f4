package org.gemel.database.preflight;

/** The database that is copied, and the one that is overwritten. */
public enum Place {
  MAIN("main"),
  BACKUP("the backup");

  private final String words;

  Place(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
