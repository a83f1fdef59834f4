package org.gemel.config;

import java.util.List;
import java.util.regex.Pattern;

/** An amount of data, written as {@code 512B}, {@code 10MiB} or {@code 2GB}. */
public record DataSize(long bytes) implements Comparable<DataSize> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([KMGT]i?B|B)");

  private enum Unit {
    B(1),
    KB(1_000),
    MB(1_000_000),
    GB(1_000_000_000),
    TB(1_000_000_000_000L),
    KiB(1L << 10),
    MiB(1L << 20),
    GiB(1L << 30),
    TiB(1L << 40);

    private final long bytes;

    Unit(long bytes) {
      this.bytes = bytes;
    }
  }

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("found a size of " + bytes + " bytes, wanted 0 or more");
    }
  }

  /**
   * Reads a size as people write it.
   *
   * @throws IllegalArgumentException in words for a person
   */
  public static DataSize parse(String text) {
    var match = FORM.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "found '" + text + "', wanted a size such as 512B, 10MiB or 2GB");
    }
    try {
      return new DataSize(
          Math.multiplyExact(Long.parseLong(match.group(1)), Unit.valueOf(match.group(2)).bytes));
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException(
          "found '" + text + "', wanted a size below 8 EiB", tooLarge);
    }
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  @Override
  public String toString() {
    for (var unit : List.of(Unit.TiB, Unit.GiB, Unit.MiB, Unit.KiB)) {
      if (bytes >= unit.bytes && bytes % unit.bytes == 0) {
        return bytes / unit.bytes + unit.name();
      }
    }
    return bytes + "B";
  }
}
