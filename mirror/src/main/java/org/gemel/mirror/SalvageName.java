package org.gemel.mirror;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.gemel.mirror.system.EntryName;

/**
 * The name of one pass' folder in the salvage area: {@code 20261108T101112Z-<pass>}. A further one
 * of the same pass, for a path the pass took something from twice, ends in {@code .2} and so on;
 * one of which the limits have taken a part ends in {@code .partial}.
 */
record SalvageName(Instant begun, String rest) implements Comparable<SalvageName> {
  static final String PARTIAL = ".partial";
  private static final int TIME_LENGTH = 16;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static SalvageName of(Instant begun, String pass) {
    return new SalvageName(Instant.ofEpochSecond(begun.getEpochSecond()), pass);
  }

  /** Reads a name; empty if it is none of these. */
  static Optional<SalvageName> parse(EntryName name) {
    String text = name.toString();
    if (text.length() < TIME_LENGTH + 2 || text.charAt(TIME_LENGTH) != '-') {
      return Optional.empty();
    }
    try {
      Instant begun = TIME.parse(text.substring(0, TIME_LENGTH), Instant::from);
      return Optional.of(new SalvageName(begun, text.substring(TIME_LENGTH + 1)));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }

  EntryName name() {
    return EntryName.of(TIME.format(begun) + "-" + rest);
  }

  boolean isPartial() {
    return rest.endsWith(PARTIAL);
  }

  SalvageName partial() {
    return isPartial() ? this : new SalvageName(begun, rest + PARTIAL);
  }

  /** Which of the folders of one pass; the first has no number. */
  SalvageName layer(int number) {
    return number == 1 ? this : new SalvageName(begun, rest + "." + number);
  }

  /** The oldest first. */
  @Override
  public int compareTo(SalvageName other) {
    int order = begun.compareTo(other.begun);
    return order != 0 ? order : rest.compareTo(other.rest);
  }

  @Override
  public String toString() {
    return name().toString();
  }
}
