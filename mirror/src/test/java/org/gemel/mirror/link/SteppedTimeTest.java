package org.gemel.mirror.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a link decides by time, with time stepped by hand. */
@Tag("B-40")
final class SteppedTimeTest {
  private static final long SECOND = 1_000_000_000L;

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
  void aSilentPeerIsGivenUpAndOneThatTakesNothingToo() {
    Liveness liveness = new Liveness(Duration.ofSeconds(30), 0);
    assertThat(liveness.verdict(30 * SECOND, Long.MAX_VALUE)).isEmpty();
    assertThat(liveness.verdict(31 * SECOND, Long.MAX_VALUE).orElseThrow())
        .contains("no sign of the peer for 31 s");
    liveness.heard(31 * SECOND);
    assertThat(liveness.verdict(40 * SECOND, Long.MAX_VALUE)).isEmpty();
    assertThat(liveness.verdict(45 * SECOND, 14 * SECOND).orElseThrow()).contains("takes nothing");
  }
}
