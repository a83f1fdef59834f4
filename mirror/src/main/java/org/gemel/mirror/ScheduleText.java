package org.gemel.mirror;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gemel.config.DurationText;
import org.gemel.config.NearestKey;

/**
 * A schedule as it stands in a profile: {@code every 30m}, {@code continuous}, {@code continuous,
 * scan every 12h}, {@code cron 0 2 * * *} (the word may be left out), {@code manual}. Checked when
 * it is made; it becomes a {@link Schedule} where the time zone is known.
 */
public record ScheduleText(String text) {
  private static final Pattern EVERY = Pattern.compile("(?:every\\s+)?(\\d+)\\s*([a-z]+)");
  private static final Pattern SAFETY_SCAN = Pattern.compile("continuous\\s*,?\\s*scan\\s+(.*)");
  private static final Pattern FIVE_FIELDS = Pattern.compile("[\\d*]\\S*(\\s+\\S+){4}");
  private static final List<String> WORDS = List.of("every", "cron", "continuous", "manual");
  private static final Set<String> UNITS = Set.of("ms", "s", "m", "h", "d");
  private static final List<String> LONG_UNITS =
      List.of("seconds", "secs", "minutes", "mins", "hours", "hrs", "days");

  public ScheduleText {
    var unused = read(text, ZoneOffset.UTC);
  }

  /**
   * Reads a schedule as people write it.
   *
   * @throws IllegalArgumentException in words for a person
   */
  public static ScheduleText parse(String text) {
    return new ScheduleText(text);
  }

  /** The schedule on the clock of a place. */
  public Schedule in(ZoneId zone) {
    return read(text, zone);
  }

  private static Schedule read(String text, ZoneId zone) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    Matcher scan = SAFETY_SCAN.matcher(plain);
    if (plain.equals("manual") || plain.equals("by hand")) {
      return new Schedule.Manual();
    }
    if (plain.equals("continuous")) {
      return new Schedule.Continuous(Schedule.Continuous.DAILY);
    }
    if (scan.matches()) {
      return new Schedule.Continuous(interval(scan.group(1), text));
    }
    if (plain.startsWith("cron ")) {
      return new Schedule.Cron(CronTimes.parse(plain.substring("cron ".length()), zone));
    }
    if (FIVE_FIELDS.matcher(plain).matches()) {
      return new Schedule.Cron(CronTimes.parse(plain, zone));
    }
    return new Schedule.Every(interval(plain, text));
  }

  private static Duration interval(String plain, String whole) {
    Matcher form = EVERY.matcher(plain);
    if (!form.matches()) {
      throw new IllegalArgumentException(wanted(whole) + hint(plain));
    }
    String unit = form.group(2);
    if (!UNITS.contains(unit)) {
      String meant =
          NearestKey.of(unit, LONG_UNITS)
              .map(near -> "; did you mean '" + form.group(1) + near.charAt(0) + "'?")
              .orElse(", with a unit of s, m, h or d");
      throw new IllegalArgumentException(wanted(whole) + meant);
    }
    return DurationText.parse(form.group(1) + unit);
  }

  private static String wanted(String text) {
    return "found the schedule '"
        + text
        + "', wanted such as 'every 30m', 'cron 0 2 * * *', 'continuous' or 'manual'";
  }

  private static String hint(String plain) {
    String first = plain.split("[\\s,]", 2)[0];
    Optional<String> near = WORDS.contains(first) ? Optional.empty() : NearestKey.of(first, WORDS);
    return near.map(word -> "; did you mean '" + word + "'?").orElse("");
  }
}
