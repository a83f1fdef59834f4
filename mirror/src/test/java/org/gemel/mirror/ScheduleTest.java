package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.gemel.mirror.Schedule.Past;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-55")
final class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private final Schedule everyMinute = new Schedule.Every(Duration.ofMinutes(1));
  private final Schedule continuous = new Schedule.Continuous(Duration.ofHours(24));
  private final Schedule atTwo = new Schedule.Cron(CronTimes.parse("0 2 * * *", BERLIN));

  @Test
  void theFirstPassIsDueAtOnce() {
    assertThat(everyMinute.nextAfter(Past.nothing(NOON), NOON)).contains(NOON);
    assertThat(continuous.nextAfter(Past.nothing(NOON), NOON)).contains(NOON);
  }

  @Test
  void passesFollowFromBeginToBegin() {
    assertThat(everyMinute.nextAfter(begun(NOON.minusSeconds(20)), NOON))
        .contains(NOON.plusSeconds(40));
  }

  @Test
  void aPassThatTookTooLongIsFollowedByOneNotByMany() {
    assertThat(everyMinute.nextAfter(begun(NOON.minusSeconds(600)), NOON)).contains(NOON);
    Instant threeDaysAgo = NOON.minus(Duration.ofDays(3));
    assertThat(atTwo.nextAfter(begun(threeDaysAgo), NOON)).contains(NOON);
    assertThat(atTwo.nextAfter(begun(NOON), NOON)).contains(Instant.parse("2026-11-22T01:00:00Z"));
  }

  @Test
  void aClockSetBackDoesNotStopTheMirror() {
    assertThat(everyMinute.nextAfter(begun(NOON.plusSeconds(7200)), NOON))
        .contains(NOON.plusSeconds(60));
    assertThat(atTwo.nextAfter(begun(NOON.plus(Duration.ofDays(300))), NOON))
        .contains(Instant.parse("2026-11-22T01:00:00Z"));
    assertThat(continuous.nextAfter(ended(NOON.plusSeconds(7200)), NOON))
        .contains(NOON.plusSeconds(1));
  }

  @Test
  void aTimeOfDayThatLiesBeforeTheMirrorsStartIsNotMadeUpFor() {
    assertThat(atTwo.nextAfter(Past.nothing(NOON), NOON))
        .contains(Instant.parse("2026-11-22T01:00:00Z"));
  }

  @Test
  void continuousMeansASecondAfterTheEndAndNotBefore() {
    assertThat(continuous.nextAfter(ended(NOON), NOON)).contains(NOON.plusSeconds(1));
    assertThat(continuous.nextAfter(ended(NOON.minusSeconds(5)), NOON)).contains(NOON);
    assertThat(continuous.nextAfter(begun(NOON.minusSeconds(500)), NOON).orElseThrow())
        .as("while a pass is at work")
        .isAfter(NOON);
  }

  @Test
  void byHandMeansNeverByItself() {
    assertThat(new Schedule.Manual().nextAfter(Past.nothing(NOON), NOON)).isEmpty();
  }

  @Test
  void anIntervalOfNothingIsRefused() {
    assertThatThrownBy(() -> new Schedule.Every(Duration.ZERO)).hasMessageContaining("wanted");
    assertThatThrownBy(() -> new Schedule.Continuous(Duration.ZERO)).hasMessageContaining("wanted");
  }

  private static Past begun(Instant at) {
    return new Past(Instant.EPOCH, Optional.of(at), Optional.empty());
  }

  private static Past ended(Instant at) {
    return new Past(Instant.EPOCH, Optional.of(at.minusSeconds(3)), Optional.of(at));
  }
}
