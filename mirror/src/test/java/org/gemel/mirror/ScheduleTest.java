package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-55")
final class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private final Schedule everyMinute = new Schedule.Every(Duration.ofMinutes(1));

  @Test
  void theFirstPassIsDueAtOnce() {
    assertThat(everyMinute.nextAfter(Optional.empty(), NOON)).contains(NOON);
  }

  @Test
  void passesFollowFromBeginToBegin() {
    assertThat(everyMinute.nextAfter(Optional.of(NOON.minusSeconds(20)), NOON))
        .contains(NOON.plusSeconds(40));
  }

  @Test
  void aPassThatTookTooLongIsFollowedByOneNotByMany() {
    assertThat(everyMinute.nextAfter(Optional.of(NOON.minusSeconds(600)), NOON)).contains(NOON);
  }

  @Test
  void aClockSetBackDoesNotStopTheMirror() {
    assertThat(everyMinute.nextAfter(Optional.of(NOON.plusSeconds(7200)), NOON))
        .contains(NOON.plusSeconds(60));
  }

  @Test
  void byHandMeansNeverByItself() {
    assertThat(new Schedule.Manual().nextAfter(Optional.empty(), NOON)).isEmpty();
  }

  @Test
  void anIntervalOfNothingIsRefused() {
    assertThatThrownBy(() -> new Schedule.Every(Duration.ZERO)).hasMessageContaining("wanted");
  }
}
