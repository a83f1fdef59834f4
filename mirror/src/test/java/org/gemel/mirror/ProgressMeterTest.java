package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-55")
final class ProgressMeterTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void theRateIsThatOfTheLastSecondsNotOfTheWholePass() {
    ProgressMeter meter = new ProgressMeter(NOON, OptionalLong.empty());
    for (int second = 1; second <= 60; second++) {
      // A quick beginning, then a slow end.
      meter.reached(second, second <= 30 ? second * 1_000L : 30_000 + (second - 30) * 10L, path());
      meter.progress(NOON.plusSeconds(second));
    }
    PassProgress now = meter.progress(NOON.plusSeconds(60));
    assertThat(now.bytesPerSecond()).isEqualTo(10);
    assertThat(now.bytesMoved()).isEqualTo(30_300);
    assertThat(now.left()).as("nobody knows how many files there are").isEmpty();
  }

  @Test
  void anEarlierPassTellsHowLongItGoesOn() {
    ProgressMeter meter = new ProgressMeter(NOON, OptionalLong.of(1_000));
    assertThat(meter.progress(NOON.plusSeconds(1)).left()).isEmpty();
    meter.reached(250, 0, path());
    assertThat(meter.progress(NOON.plusSeconds(10)).left()).contains(Duration.ofSeconds(30));
    meter.reached(1_001, 0, path());
    assertThat(meter.progress(NOON.plusSeconds(40)).left()).as("more than ever before").isEmpty();
  }

  @Test
  void rightAfterTheBeginAndWithAClockSetBackThereIsNoRate() {
    ProgressMeter meter = new ProgressMeter(NOON, OptionalLong.of(10));
    meter.reached(1, 500, path());
    assertThat(meter.progress(NOON).bytesPerSecond()).isZero();
    assertThat(meter.progress(NOON.minusSeconds(60)).bytesPerSecond()).isZero();
    assertThat(meter.progress(NOON.minusSeconds(60)).left()).contains(Duration.ZERO);
  }

  private static TreePath path() {
    return TreePath.ROOT;
  }
}
