package org.gemel.mirror;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of storage: so many bytes, or so many hundredths of the volume it is on.
 *
 * @param amount bytes, or percent
 */
public record VolumeShare(long amount, boolean percent) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})(%|[KMGT]i?B?|B)?");
  private static final String UNITS = "KMGT";

  public VolumeShare {
    if (amount < 0 || (percent && amount > 100)) {
      throw new IllegalArgumentException(
          "found " + amount + (percent ? " %, wanted 0 to 100 %" : " bytes, wanted at least 0"));
    }
  }

  public static VolumeShare percent(int percent) {
    return new VolumeShare(percent, true);
  }

  public static VolumeShare bytes(long bytes) {
    return new VolumeShare(bytes, false);
  }

  /** Reads {@code 10%}, {@code 50G} or a number of bytes; units are powers of 1024. */
  public static VolumeShare parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip().replaceFirst("(?i)b$", ""));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "found the size '" + text + "', wanted a share as 10% or an amount as 50G");
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    if (unit.equals("%")) {
      return new VolumeShare(number, true);
    }
    int power = unit.isEmpty() ? 0 : 1 + UNITS.indexOf(unit.charAt(0));
    return bytes(Math.multiplyExact(number, 1L << (10 * power)));
  }

  /** The bytes it means on a volume of this size. */
  long of(long volume) {
    return percent ? (long) (volume * (amount / 100.0)) : amount;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    if (percent) {
      return amount + "%";
    }
    int power = 0;
    long number = amount;
    while (number > 0 && number % 1024 == 0 && power < UNITS.length()) {
      number /= 1024;
      power++;
    }
    return String.format(Locale.ROOT, "%d%s", number, power == 0 ? "" : UNITS.charAt(power - 1));
  }
}
