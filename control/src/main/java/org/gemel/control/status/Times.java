package org.gemel.control.status;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as status texts say them: the control point's own time zone, to the second. */
final class Times {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private Times() {}

  /** Without the day: for what is minutes ago. */
  static String ofDay(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  static String of(Instant instant) {
    return FORMAT.format(instant.atZone(ZoneId.systemDefault()));
  }
}
