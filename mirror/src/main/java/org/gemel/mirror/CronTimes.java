package org.gemel.mirror;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The times that a cron expression names: minute, hour, day of month, month, day of week; with
 * {@code *}, numbers, names, ranges, lists and steps. Where both days are named, one of them is
 * enough.
 *
 * <p>No named time is ever left out: one that the change to summer time skips is shifted by the
 * length of the gap, as {@code java.time} does. One that the change back repeats may be met twice,
 * for a pass too many does no harm.
 */
public final class CronTimes {
  private final String text;
  private final ZoneId zone;
  private final ExecutionTime times;

  private CronTimes(String text, ZoneId zone, ExecutionTime times) {
    this.text = text;
    this.zone = zone;
    this.times = times;
  }

  /**
   * Reads an expression of five fields.
   *
   * @param zone whose clock on the wall the fields mean
   * @throws IllegalArgumentException in words for a person; also where the expression names no time
   *     at all, such as the 31st of February
   */
  public static CronTimes parse(String text, ZoneId zone) {
    String plain = text.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
    CronTimes read;
    try {
      // A parser for each expression: it takes a millisecond, and is not said to be shareable.
      CronParser parser =
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
      read = new CronTimes(plain, zone, ExecutionTime.forCron(parser.parse(plain)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wanted(text, String.valueOf(e.getMessage())), e);
    }
    if (read.nextAfter(Instant.EPOCH).isEmpty()) {
      throw new IllegalArgumentException(wanted(text, "such a day never comes"));
    }
    return read;
  }

  private static String wanted(String text, String because) {
    return "found the cron expression '%s' (%s), wanted the five fields minute, hour, day, month and weekday, such as '0 2 * * MON-FRI'"
        .formatted(text, because.replaceFirst("^Failed to parse cron expression\\. ", ""));
  }

  String text() {
    return text;
  }

  /** The first named time after this one. */
  Optional<Instant> nextAfter(Instant from) {
    ZonedDateTime here = from.atZone(zone);
    Optional<Instant> byTheClock = times.nextExecution(here).map(ZonedDateTime::toInstant);
    // The same on a wall without summer time: this finds what lies in a gap.
    Optional<Instant> byTheWall =
        times
            .nextExecution(here.toLocalDateTime().atZone(ZoneOffset.UTC))
            .map(ZonedDateTime::toLocalDateTime)
            .map((LocalDateTime local) -> local.atZone(zone).toInstant());
    return Stream.of(byTheClock, byTheWall)
        .flatMap(Optional::stream)
        .filter(due -> due.isAfter(from))
        .min(Instant::compareTo);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronTimes that && text.equals(that.text) && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return text.hashCode() * 31 + zone.hashCode();
  }

  @Override
  public String toString() {
    return text + " (" + zone + ")";
  }
}
