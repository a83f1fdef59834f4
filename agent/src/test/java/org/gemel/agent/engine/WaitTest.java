package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often is looked. */
final class WaitTest {
  @Test
  void looksOftenWhileClientsMayBeWaitingAndSeldomWhenItTakesLong() {
    Duration first = Wait.between(Duration.ZERO);
    assertThat(Wait.between(Duration.ofMillis(1999))).isEqualTo(first);
    assertThat(Wait.between(Duration.ofSeconds(2))).isGreaterThanOrEqualTo(first.multipliedBy(10));
    assertThat(Wait.between(Duration.ofHours(3))).isEqualTo(Duration.ofMillis(250));
  }
}
