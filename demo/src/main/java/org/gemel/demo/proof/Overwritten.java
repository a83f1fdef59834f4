package org.gemel.demo.proof;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.gemel.core.Side;
import org.gemel.demo.workload.JournalLine;

/**
 * Material that a restore overwrote on purpose: what was acknowledged on one side between a split
 * and the restore. It is not demanded, and what it replaced is.
 */
public record Overwritten(Side side, Instant from, Instant to) {
  /** Reads {@code Y@2026-01-01T10:00:00Z/2026-01-01T10:05:00Z}. */
  public static Overwritten parse(String text) {
    String[] parts = text.split("[@/]", -1);
    if (parts.length == 3) {
      try {
        return new Overwritten(
            Side.parse(parts[0]), Instant.parse(parts[1]), Instant.parse(parts[2]));
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "found time '" + e.getParsedString() + "', wanted one such as 2026-01-01T10:00:00Z", e);
      }
    }
    throw new IllegalArgumentException(
        "found '" + text + "', wanted SIDE@FROM/TO with times such as 2026-01-01T10:00:00Z");
  }

  boolean covers(JournalLine line) {
    return line.side() == side && !line.at().isBefore(from) && line.at().isBefore(to);
  }
}
