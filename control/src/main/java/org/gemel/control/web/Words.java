package org.gemel.control.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gemel.control.api.Lamp;
import org.gemel.control.api.RunState;
import org.gemel.control.api.StepState;
import org.gemel.core.Component;
import org.gemel.core.Side;
import org.gemel.core.Sizes;
import org.jspecify.annotations.Nullable;

/** How the pages say times, sizes and states. Public for the templates. */
public final class Words {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH);

  private final ZoneId zone;
  private final Instant now;

  Words(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  public String zone() {
    return zone.getId();
  }

  /** The time of day; with the day where that is not today's. */
  public String time(@Nullable Instant instant) {
    if (instant == null) {
      return "never";
    }
    var then = instant.atZone(zone);
    return (then.toLocalDate().equals(now.atZone(zone).toLocalDate()) ? TIME : DAY_AND_TIME)
        .format(then);
  }

  public String count(long number) {
    return number < 0 ? "unknown" : String.format(Locale.ENGLISH, "%,d", number);
  }

  public String bytes(long number) {
    return Sizes.words(number);
  }

  public static String lamp(Lamp lamp) {
    return switch (lamp) {
      case GREEN -> "good";
      case GREY -> "off";
      case YELLOW -> "changing";
      case RED -> "failed";
      case UNKNOWN -> "unknown";
    };
  }

  public static String css(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  public static String step(StepState state) {
    return switch (state) {
      case PENDING -> "to do";
      case BEGUN -> "under way";
      case PERFORMED -> "being proven";
      case DONE -> "done";
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
      case UNDONE -> "taken back";
    };
  }

  public static String glyph(StepState state) {
    return switch (state) {
      case PENDING -> "○";
      case BEGUN -> "◐";
      case PERFORMED -> "◕";
      case DONE -> "✓";
      case FAILED -> "✕";
      case SKIPPED -> "»";
      case UNDONE -> "↶";
    };
  }

  public static String run(RunState state) {
    return switch (state) {
      case RUNNING -> "running";
      case WAITING -> "waits for a person";
      case FAILED -> "stopped by a failure";
      case FINISHED -> "finished";
      case RESET -> "reset";
    };
  }

  public static String components(List<Component> components) {
    return components.stream().map(Component::words).collect(Collectors.joining(", "));
  }

  public static String side(@Nullable Side side) {
    return side == null ? "no side" : side.name();
  }
}
