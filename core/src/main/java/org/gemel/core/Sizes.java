package org.gemel.core;

import java.util.Locale;

/** How sizes are said in sentences. */
public final class Sizes {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Sizes() {}

  /** Such as "1.5 GiB"; a number below 0 is unknown. */
  public static String words(long bytes) {
    if (bytes < 0) {
      return "unknown";
    }
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return (unit == 0 || value >= 100
            ? String.valueOf(Math.round(value))
            : String.format(Locale.ENGLISH, "%.1f", value))
        + " "
        + UNITS[unit];
  }
}
