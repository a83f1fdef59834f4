package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The limit holds over any span, and a pause is not made up for. */
@Tag("B-24")
final class ReadingRateTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void readersTogetherKeepToTheRate() {
    ReadingRate rate = new ReadingRate(1_000_000, 0);
    long now = 0;
    long read = 0;
    while (now < 10 * SECOND) {
      now = Math.max(now, rate.take(50_000, now));
      read += 50_000;
    }
    assertThat(read).isBetween(9_900_000L, 10_200_000L);
  }

  @Test
  void aPauseIsNotFollowedByARush() {
    ReadingRate rate = new ReadingRate(1_000_000, 0);
    long later = 3600 * SECOND;
    long until = 0;
    for (int i = 0; i < 20; i++) {
      until = rate.take(100_000, later);
    }
    assertThat(until - later).isBetween(18 * SECOND / 10, 2 * SECOND);
  }

  @Test
  void noRateAtAllIsAMistake() {
    assertThatThrownBy(() -> new ReadingRate(0, 0)).hasMessageContaining("wanted more than none");
  }
}
