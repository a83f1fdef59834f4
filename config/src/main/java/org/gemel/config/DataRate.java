package org.gemel.config;

import java.util.Optional;

/** An amount of data each second, written as {@code 50MiB/s}; {@code /s} may be left out. */
public record DataRate(DataSize perSecond) {
  public DataRate {
    if (perSecond.bytes() == 0) {
      throw new IllegalArgumentException(
          "found a rate of nothing, wanted such as 50MiB/s: nothing would ever come to its end");
    }
  }

  /**
   * Reads a rate as people write it.
   *
   * @throws IllegalArgumentException in words for a person
   */
  public static DataRate parse(String text) {
    Optional<DataSize> size = size(text.strip().replaceFirst("\\s*/\\s*s$", ""));
    return new DataRate(
        size.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "found '" + text + "', wanted a rate such as 500KiB/s or 50MiB/s")));
  }

  private static Optional<DataSize> size(String text) {
    try {
      return Optional.of(DataSize.parse(text));
    } catch (IllegalArgumentException noSize) {
      return Optional.empty();
    }
  }

  public long bytesPerSecond() {
    return perSecond.bytes();
  }

  @Override
  public String toString() {
    return perSecond + "/s";
  }
}
