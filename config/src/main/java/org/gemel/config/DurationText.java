package org.gemel.config;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 30s}, {@code every 1m}, {@code 2h}, {@code
 * 1d}.
 */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(?:every\\s+)?(\\d{1,12})\\s*(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * Reads a duration as people write it.
   *
   * @throws IllegalArgumentException in words for a person
   */
  public static Duration parse(String text) {
    var match = FORM.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "found '" + text + "', wanted a duration such as 250ms, 30s, 1m or every 1m");
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** The shortest text that {@link #parse} reads back as the same duration. */
  public static String format(Duration duration) {
    long milliseconds = duration.toMillis();
    if (milliseconds % 1000 != 0) {
      return milliseconds + "ms";
    }
    long seconds = milliseconds / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }
}
