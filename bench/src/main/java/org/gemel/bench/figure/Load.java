package org.gemel.bench.figure;

import java.util.Locale;

/** How much is worked off in a run, so that a time becomes a rate. */
public record Load(double amount, Kind kind) {
  /** What is counted. */
  public enum Kind {
    BYTES,
    FILES,
    TRANSACTIONS,
    NONE
  }

  public static final Load NONE = new Load(0, Kind.NONE);

  public static Load bytes(double amount) {
    return new Load(amount, Kind.BYTES);
  }

  public static Load files(double amount) {
    return new Load(amount, Kind.FILES);
  }

  public static Load transactions(double amount) {
    return new Load(amount, Kind.TRANSACTIONS);
  }

  String rate(double seconds) {
    return switch (kind) {
      case BYTES -> String.format(Locale.ROOT, "%.0f MiB/s", amount / seconds / (1 << 20));
      case FILES -> String.format(Locale.ROOT, "%.0f files/s", amount / seconds);
      case TRANSACTIONS -> String.format(Locale.ROOT, "%.0f/s", amount / seconds);
      case NONE -> "";
    };
  }
}
