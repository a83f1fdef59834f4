package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** Who moves bytes waits for them first, a little at a time. */
final class RateLimitTest {
  private record Moved(long at, long bytes) {}

  private final SteppedTime time = new SteppedTime();

  @Test
  void inNoSecondMoreIsMovedThanTheRateAndABucket() {
    for (long rate : new long[] {1, 700, 1 << 20, 3_000_000_000L}) {
      RateLimit limit = time.limit(rate);
      Deque<Moved> lastSecond = new ArrayDeque<>();
      long inSecond = 0;
      long moved = 0;
      long began = time.now();
      for (int piece = 0; piece < 100; piece++) {
        long allowed = limit.allow(Long.MAX_VALUE, () -> {});
        lastSecond.add(new Moved(time.now(), allowed));
        inSecond += allowed;
        moved += allowed;
        while (lastSecond.getFirst().at() <= time.now() - SteppedTime.SECOND) {
          inSecond -= lastSecond.removeFirst().bytes();
        }
        assertThat(inSecond).isLessThanOrEqualTo(rate + Math.ceilDiv(rate, 10L));
      }
      double seconds = (double) (time.now() - began) / SteppedTime.SECOND;
      assertThat(moved / seconds).isBetween(0.98 * rate, 1.02 * rate);
    }
  }

  @Test
  void whatIsShortIsAllowedWhole() {
    RateLimit limit = time.limit(1 << 20);
    assertThat(limit.allow(5, () -> {})).isEqualTo(5);
    assertThat(limit.allow(1 << 20, () -> {})).isEqualTo(102_400);
  }

  @Test
  void withoutALimitNobodyWaitsAndNothingIsCut() {
    assertThat(RateLimit.of(0)).isSameAs(RateLimit.NONE);
    assertThat(RateLimit.NONE.allow(Long.MAX_VALUE, () -> {})).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void waitingEndsWhenTheWorkIsToStop() {
    RateLimit slow = time.limit(1);
    assertThatThrownBy(
            () ->
                slow.await(
                    3600,
                    () -> {
                      throw new PassLog.StopRequested();
                    }))
        .isInstanceOf(PassLog.StopRequested.class);
  }
}
