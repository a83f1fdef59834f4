package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The limit holds over any span, and a pause is not made up for. */
@Tag("B-24")
final class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void readersTogetherKeepToTheRate() {
    TokenBucket rate = new TokenBucket(1_000_000, 0);
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
    TokenBucket rate = new TokenBucket(1_000_000, 0);
    long later = 3600 * SECOND;
    long until = 0;
    for (int i = 0; i < 20; i++) {
      until = rate.take(100_000, later);
    }
    assertThat(until - later).isBetween(18 * SECOND / 10, 2 * SECOND);
  }

  @Test
  void aBandwidthLimitHoldsOverAnySpanWhoeverSends() {
    long rate = 50_000_000;
    TokenBucket bucket = new TokenBucket(rate, 0);
    Random random = new Random(3);
    long now = 0;
    long sent = 0;
    for (int i = 0; i < 10_000; i++) {
      long bytes = 1L + random.nextInt(1 << 20);
      long until = bucket.take(bytes, now);
      // Two senders at a time: one waits its turn, the other asks at once.
      now = i % 2 == 0 ? now : Math.max(now, until);
      sent += bytes;
      if (i % 2 == 1) {
        assertThat(sent).isLessThanOrEqualTo(rate * now / SECOND + rate / 10 + 1);
      }
    }
    assertThat((double) sent * SECOND / now).isGreaterThan(0.98 * rate);
  }

  @Test
  void whatWasNotSentInAnIdleHourIsNotMadeUpFor() {
    TokenBucket bucket = new TokenBucket(1000, 0);
    long hour = 3600 * SECOND;
    assertThat(bucket.take(100, hour)).isLessThanOrEqualTo(hour);
    assertThat(bucket.take(1000, hour)).isGreaterThanOrEqualTo(hour + SECOND);
  }

  @Test
  void noRateAtAllIsAMistake() {
    assertThatThrownBy(() -> new TokenBucket(0, 0)).hasMessageContaining("wanted more than none");
  }
}
