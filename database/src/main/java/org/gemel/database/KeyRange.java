package org.gemel.database;

import java.util.List;

/**
 * Rows of one table, by their keys.
 *
 * @param table quoted
 * @param above the values of the last key before it, as texts; empty where it begins with the first
 * @param upTo the values of its last key; empty where it has no end
 */
public record KeyRange(String table, List<String> above, List<String> upTo) {
  private static final int LONGEST_KEY_SHOWN = 60;

  public KeyRange {
    above = List.copyOf(above);
    upTo = List.copyOf(upTo);
  }

  static KeyRange all(String table) {
    return new KeyRange(table, List.of(), List.of());
  }

  boolean isAll() {
    return above.isEmpty() && upTo.isEmpty();
  }

  /** A phrase for a person. */
  public String words() {
    if (isAll()) {
      return table;
    }
    return table
        + (above.isEmpty() ? "" : " above " + shown(above))
        + (upTo.isEmpty() ? " to its end" : " up to " + shown(upTo));
  }

  private static String shown(List<String> key) {
    String text = "(" + String.join(", ", key) + ")";
    return text.length() <= LONGEST_KEY_SHOWN ? text : text.substring(0, LONGEST_KEY_SHOWN) + "...";
  }
}
