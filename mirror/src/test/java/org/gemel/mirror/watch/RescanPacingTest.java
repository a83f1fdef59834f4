package org.gemel.mirror.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scans of the whole tree do not chase each other. */
final class RescanPacingTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private final RescanPacing pacing = new RescanPacing();

  @Test
  void theFirstLossIsAnsweredAtOnce() {
    assertThat(pacing.due(START)).isFalse();
    pacing.wanted(START);
    assertThat(pacing.due(START)).isTrue();
    pacing.begin(START);
    assertThat(pacing.due(START)).isFalse();
    assertThat(pacing.wantedSince()).isEmpty();
  }

  @Test
  void lossesThatGoOnAreAnsweredLessAndLessOftenButOnceAMinute() {
    List<Long> gaps = new ArrayList<>();
    Instant last = START;
    for (Instant now = START; gaps.size() < 10; now = now.plusMillis(100)) {
      pacing.wanted(now);
      if (pacing.due(now)) {
        pacing.begin(now);
        gaps.add(now.getEpochSecond() - last.getEpochSecond());
        last = now;
      }
    }
    assertThat(gaps).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void aLossWhileWaitingIsFoundByTheScanThatIsWaitedFor() {
    pacing.wanted(START);
    pacing.begin(START);
    pacing.wanted(START.plusMillis(10));
    pacing.wanted(START.plusMillis(900));
    assertThat(pacing.next()).contains(START.plusSeconds(1));
    assertThat(pacing.wantedSince()).contains(START.plusMillis(10));
    pacing.begin(START.plusSeconds(1));
    assertThat(pacing.next()).isEmpty();
  }

  @Test
  void aQuietMinuteStartsOver() {
    pacing.wanted(START);
    pacing.begin(START);
    pacing.wanted(START);
    pacing.begin(START.plusSeconds(1));
    Instant later = START.plusSeconds(1 + 2 + 60);
    pacing.wanted(later);
    assertThat(pacing.due(later)).isTrue();
    pacing.begin(later);
    pacing.wanted(later);
    assertThat(pacing.next()).contains(later.plusSeconds(1));
  }

  @Test
  void aScanThatIsNotDueIsRefused() {
    assertThatThrownBy(() -> pacing.begin(START)).hasMessageContaining("wanted it at");
  }
}
