package org.gemel.core;

import java.util.Locale;

/**
 * One of the two storage systems of a pair. A side never changes its name; only its {@link Role}
 * moves.
 */
public enum Side {
  X,
  Y;

  /** The side that is not this one. */
  public Side other() {
    return this == X ? Y : X;
  }

  /**
   * Reads a side as a person types it.
   *
   * @throws IllegalArgumentException in words fit for that person, if it is neither X nor Y
   */
  public static Side parse(String text) {
    return switch (text.strip().toUpperCase(Locale.ROOT)) {
      case "X" -> X;
      case "Y" -> Y;
      default ->
          throw new IllegalArgumentException(
              "found side '" + text + "', wanted X or Y: name one of the two storage systems");
    };
  }
}
