package org.gemel.mirror;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gemel.config.DataRate;
import org.gemel.config.DataSize;
import org.gemel.config.DurationText;

/**
 * How a profile says that its content is to be read through and compared: {@code every 24h}, {@code
 * every 7d, at most 50MiB/s}.
 *
 * @param bytesPerSecond of both sides together; empty: as many as a round in its time takes
 */
public record ScrubText(Duration every, OptionalLong bytesPerSecond) {
  private static final Pattern FORM =
      Pattern.compile("every\\s+([^,]+?)(?:\\s*,\\s*at most (.+))?");
  private static final Duration LEAST = Duration.ofMinutes(1);

  public ScrubText {
    if (every.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "found a scrub every " + every + ", wanted a minute or more: storage rots slowly");
    }
  }

  /**
   * Reads it as people write it.
   *
   * @throws IllegalArgumentException in words for a person
   */
  public static ScrubText parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "found the scrub '"
              + text
              + "', wanted such as 'every 24h' or 'every 7d, at most 50MiB/s'");
    }
    String rate = form.group(2);
    return new ScrubText(
        DurationText.parse(form.group(1)),
        rate == null
            ? OptionalLong.empty()
            : OptionalLong.of(DataRate.parse(rate).bytesPerSecond()));
  }

  /** As {@link #parse} reads it. */
  public String words() {
    return "every "
        + DurationText.format(every)
        + (bytesPerSecond.isEmpty()
            ? ""
            : ", at most " + new DataRate(new DataSize(bytesPerSecond.getAsLong())));
  }
}
