package org.gemel.mirror.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a link decides by time, with time stepped by hand. */
@Tag("B-40")
final class SteppedTimeTest {
  private static final long SECOND = 1_000_000_000L;

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
