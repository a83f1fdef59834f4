package org.gemel.database;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a server's write-ahead log. Positions of different servers cannot be compared.
 *
 * @param value as an unsigned number of bytes
 */
public record WalPosition(long value) implements Comparable<WalPosition> {
  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

  /**
   * Reads PostgreSQL's form, such as {@code 0/16B3748}.
   *
   * @throws IllegalArgumentException if it is another
   */
  public static WalPosition parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "found the position '" + text + "', wanted one such as 0/16B3748: take it from main");
    }
    return new WalPosition(
        (Long.parseLong(matcher.group(1), 16) << 32) | Long.parseLong(matcher.group(2), 16));
  }

  @Override
  public int compareTo(WalPosition other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return "%X/%X".formatted(value >>> 32, value & 0xFFFF_FFFFL);
  }
}
