package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A comparison leaves time to others. */
@Tag("B-24")
class ThrottleTest {
  private static Duration rest(ComparisonPace pace, long rows, Duration read) throws Exception {
    Throttle throttle = new Throttle(pace);
    long begun = System.nanoTime();
    throttle.pause(rows, read.toNanos());
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Test
  void itRestsAsLongAsItsShareAsks() throws Exception {
    assertThat(rest(new ComparisonPace(1, 1, 0, 50), 9, Duration.ofMillis(200)))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(rest(new ComparisonPace(1, 1, 0, 20), 9, Duration.ofMillis(50)))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(rest(new ComparisonPace(1, 1, 0, 100), 9, Duration.ofHours(1)))
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void allReadersTogetherReadNoMoreRowsThanTheyMay() throws Exception {
    assertThat(rest(new ComparisonPace(1, 1, 1000, 100), 200, Duration.ZERO))
        .isGreaterThanOrEqualTo(Duration.ofMillis(190));
    assertThat(new ComparisonPace(2, 65_536, 1000).rowsPerRange(100, 64 << 20)).isEqualTo(1000);
    assertThat(ComparisonPace.standard().rowsPerRange(1 << 20, 64 << 20)).isEqualTo(64);
    assertThat(ComparisonPace.standard().rowsPerRange(0, 64 << 20)).isEqualTo(65_536);
  }

  @Test
  void whatIsNotNamedStaysAsItIs() {
    assertThat(ComparisonPace.standard().with(0, 0)).isEqualTo(ComparisonPace.standard());
    assertThat(ComparisonPace.standard().with(7, 9)).isEqualTo(new ComparisonPace(2, 65_536, 7, 9));
    assertThatThrownBy(() -> new ComparisonPace(1, 1, 0, 101)).hasMessageContaining("101 %");
  }
}
