package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library's times, and what is added to it for the two nights a year when the clock is set. */
@Tag("M-55")
final class CronTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/20 * * * *     | 2026-11-21T12:07 | 2026-11-21T12:20",
        "0 2 * * *        | 2026-11-21T02:00 | 2026-11-22T02:00",
        "30 6 * * MON-FRI | 2026-11-20T12:00 | 2026-11-23T06:30",
        "0 0 1 JAN *      | 2026-11-21T12:00 | 2027-01-01T00:00",
        "0 0 29 2 *       | 2026-11-21T12:00 | 2028-02-29T00:00",
        "0 12 13 * FRI    | 2026-11-20T12:00 | 2026-11-27T12:00",
        "5,10 8-10/2 * * * | 2026-11-21T08:10 | 2026-11-21T10:05",
        "0 0 * * 7        | 2026-11-21T12:00 | 2026-11-22T00:00",
      })
  void namesTheNextTimeOnThatPlacesClock(String cron, String from, String next) {
    assertThat(CronTimes.parse(cron, BERLIN).nextAfter(local(from))).contains(local(next));
  }

  @Test
  void aNightlyPassIsNotLeftOutWhenTheClockIsPutForward() {
    // On 2026-03-29 there is no 02:30 in Berlin.
    List<Instant> times = times("30 2 * * *", local("2026-03-28T00:00"), 3);
    assertThat(times)
        .containsExactly(
            local("2026-03-28T02:30"), local("2026-03-29T03:30"), local("2026-03-30T02:30"));
  }

  @Test
  void nothingIsLeftOutWhenTheClockIsPutBack() {
    // On 2026-10-25 02:30 comes twice in Berlin, at 00:30 and 01:30 of universal time.
    assertThat(times("30 2 * * *", local("2026-10-24T12:00"), 4))
        .contains(Instant.parse("2026-10-25T00:30:00Z"), local("2026-10-26T02:30"));
    List<Instant> often = times("*/10 * * * *", Instant.parse("2026-10-25T00:00:00Z"), 18);
    for (int i = 1; i < often.size(); i++) {
      assertThat(Duration.between(often.get(i - 1), often.get(i)))
          .isEqualTo(Duration.ofMinutes(10));
    }
  }

  /** Minute by minute, as slowly and plainly as can be. */
  @Test
  void agreesWithAWalkOverTheMinutes() {
    Random random = new Random(20261121);
    for (int round = 0; round < 60; round++) {
      String minute = field(random, 59);
      String hour = field(random, 23);
      CronTimes times = CronTimes.parse(minute + " " + hour + " * * *", ZoneOffset.UTC);
      Instant from = local("2026-11-21T00:00").plusSeconds(random.nextInt(86_400));
      assertThat(times.nextAfter(from)).as(times.toString()).contains(walk(minute, hour, from));
    }
  }

  private static String field(Random random, int most) {
    int low = random.nextInt(most + 1);
    int high = low + random.nextInt(most + 1 - low);
    return switch (random.nextInt(5)) {
      case 0 -> "*";
      case 1 -> Integer.toString(low);
      case 2 -> low + "-" + high;
      case 3 -> low + "-" + high + "/" + (1 + random.nextInt(7));
      default -> "*/" + (1 + random.nextInt(most));
    };
  }

  private static Instant walk(String minute, String hour, Instant from) {
    Instant at = from.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
    do {
      at = at.plusSeconds(60);
    } while (!holds(minute, at.atZone(ZoneOffset.UTC).getMinute())
        || !holds(hour, at.atZone(ZoneOffset.UTC).getHour()));
    return at;
  }

  private static boolean holds(String field, int value) {
    String[] step = field.split("/", 2);
    String[] range = step[0].split("-", 2);
    int low = step[0].equals("*") ? 0 : Integer.parseInt(range[0]);
    int high = step[0].equals("*") ? 59 : Integer.parseInt(range[range.length - 1]);
    int by = step.length == 1 ? 1 : Integer.parseInt(step[1]);
    return value >= low && value <= high && (value - low) % by == 0;
  }

  private static List<Instant> times(String cron, Instant from, int number) {
    CronTimes times = CronTimes.parse(cron, BERLIN);
    List<Instant> found = new ArrayList<>();
    Instant at = from;
    for (int i = 0; i < number; i++) {
      at = times.nextAfter(at).orElseThrow();
      found.add(at);
    }
    return found;
  }

  private static Instant local(String text) {
    return LocalDateTime.parse(text).atZone(BERLIN).toInstant();
  }
}
