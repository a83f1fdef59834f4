package org.gemel.bench.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/** The report as a person reads it. */
public final class TextReport {
  /** The columns' widths; what is negative is flush right. */
  private static final List<Integer> MEASURED = List.of(30, -12, -16, -8, -9, 1);

  private static final List<Integer> COMPARED = List.of(30, -10, 11, 40, 14, 1);

  private TextReport() {}

  /** What holds for every section, then the sections. */
  public static String of(List<String> conditions, List<Section> sections) {
    return conditions.stream().map(line -> line + "\n").collect(Collectors.joining())
        + sections.stream().map(TextReport::text).collect(Collectors.joining());
  }

  private static String text(Section section) {
    StringBuilder text = new StringBuilder();
    text.append("\n" + section.work() + "  " + section.title() + "\n");
    text.append(
        line(MEASURED, "contestant", section.unit().heading(), "rate", "cpu s", "peak MiB", ""));
    section.series().forEach(series -> text.append(text(section, series)));
    List<Comparison> comparisons = section.comparisons();
    if (!comparisons.isEmpty()) {
      text.append('\n');
      comparisons.forEach(comparison -> text.append(text(section, comparison)));
    }
    section.notes().forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  private static String text(Section section, Series series) {
    if (series.isEmpty()) {
      return line(MEASURED, series.contestant(), "-", "", "", "", series.note());
    }
    return line(
        MEASURED,
        series.contestant(),
        section.unit().text(series.median()),
        section.load().rate(series.median()),
        number(2, series.medianCpuSeconds()),
        number(1, series.peakBytes() / (1 << 20)),
        series.note());
  }

  private static String text(Section section, Comparison comparison) {
    String wanted =
        comparison.wanted().isEmpty()
            ? ""
            : section.direction().bound() + " " + number(2, comparison.wanted().getAsDouble());
    return line(
        COMPARED,
        comparison.contestant(),
        Double.isNaN(comparison.ratio()) ? "-" : number(3, comparison.ratio()),
        section.direction().words(),
        comparison.against(),
        wanted,
        word(comparison.verdict()));
  }

  static String word(Comparison.Verdict verdict) {
    return switch (verdict) {
      case REACHED -> "reached";
      case MISSED -> "missed";
      case NOT_MEASURED -> "not measured";
      case NOT_ASKED -> "";
    };
  }

  private static String number(int digits, double value) {
    return Double.isNaN(value)
        ? ""
        : BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  private static String line(List<Integer> widths, String... cells) {
    StringBuilder line = new StringBuilder(" ");
    for (int cell = 0; cell < cells.length; cell++) {
      int width = widths.get(cell);
      String padding = " ".repeat(Math.max(0, Math.abs(width) - cells[cell].length()));
      line.append(' ').append(width < 0 ? padding + cells[cell] : cells[cell] + padding);
    }
    return line.toString().stripTrailing() + "\n";
  }
}
