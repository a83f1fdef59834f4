package org.gemel.bench.peer;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Gemel and rsync say of how much they moved, found in what they print at their end. */
public final class Moved {
  private static final Pattern GEMEL = Pattern.compile("\"bytesMoved\"\\s*:\\s*(\\d+)");
  private static final Pattern RSYNC = Pattern.compile("Literal data: ([0-9,.]+) bytes");

  private Moved() {}

  /** The content that went over; empty if the text does not say. */
  public static OptionalDouble bytesMoved(String text) {
    for (Pattern pattern : new Pattern[] {GEMEL, RSYNC}) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        return OptionalDouble.of(Double.parseDouble(matcher.group(1).replaceAll("[,.]", "")));
      }
    }
    return OptionalDouble.empty();
  }
}
