package org.gemel.bench.figure;

import java.util.Locale;

/** What a section's values count. */
public enum Unit {
  SECONDS("median s") {
    @Override
    String text(double value) {
      return String.format(Locale.ROOT, value < 1 ? "%.4f" : "%.2f", value);
    }
  },
  BYTES("median MiB") {
    @Override
    String text(double value) {
      return String.format(Locale.ROOT, "%.2f", value / (1 << 20));
    }
  };

  private final String heading;

  Unit(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }

  abstract String text(double value);
}
