package org.gemel.cli.mirror;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Bytes a second, written as {@code 50M} or {@code 1Gi}: K, M, G are powers of 1000, Ki, Mi, Gi of
 * 1024.
 */
record ByteRate(long bytesPerSecond) {
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,11})(?:([KMG])(i?))?");

  static ByteRate parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "found the rate '" + text + "', wanted bytes a second such as 500K, 50M or 1G");
    }
    long unit = match.group(3) != null && !match.group(3).isEmpty() ? 1024 : 1000;
    int power = match.group(2) == null ? 0 : "KMG".indexOf(match.group(2)) + 1;
    try {
      long bytes = Long.parseLong(match.group(1));
      for (int i = 0; i < power; i++) {
        bytes = Math.multiplyExact(bytes, unit);
      }
      return new ByteRate(bytes);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("found the rate '" + text + "', wanted a smaller one", e);
    }
  }

  /** Reads an option's value. */
  static final class Reading implements ITypeConverter<ByteRate> {
    @Override
    public ByteRate convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
