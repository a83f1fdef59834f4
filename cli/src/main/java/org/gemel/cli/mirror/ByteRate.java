package org.gemel.cli.mirror;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a rate as people write it: {@code 20M}, {@code 500KiB/s}, {@code 1.5GB}; bytes a second.
 */
final class ByteRate implements ITypeConverter<Long> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*([KMGT]?)(I?)B?(?:/S)?");
  private static final String UNITS = "KMGT";

  @Override
  public Long convert(String text) {
    Matcher form = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (form.matches()) {
      double step = form.group(3).isEmpty() ? 1000 : 1024;
      double unit =
          form.group(2).isEmpty() ? 1 : Math.pow(step, UNITS.indexOf(form.group(2)) + 1.0);
      long bytes = Math.round(Double.parseDouble(form.group(1)) * unit);
      if (bytes > 0) {
        return bytes;
      }
    }
    throw new TypeConversionException(
        "found the rate '" + text + "', wanted bytes a second such as 20M, 500KiB or 1.5GB");
  }

  /** A number of bytes for a person, such as {@code 1.5 GB}. */
  static String shown(long bytes) {
    double left = (double) bytes;
    int unit = 0;
    while (left >= 999.5 && unit < UNITS.length()) {
      left /= 1000;
      unit++;
    }
    String name = unit == 0 ? "B" : UNITS.charAt(unit - 1) + "B";
    return String.format(Locale.ROOT, left < 9.95 && unit > 0 ? "%.1f %s" : "%.0f %s", left, name)
        .replace("KB", "kB");
  }
}
