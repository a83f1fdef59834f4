package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacedTest {
  private long now;
  private long costs;
  private int counts;

  private final Paced<Integer> count =
      new Paced<>(
          () -> now,
          () -> {
            now += costs;
            counts++;
            return counts;
          });

  @Test
  void whatCostsMuchIsLookedAtSeldom() {
    costs = 10;
    assertThat(count.read()).isEqualTo(1);
    now += 499;
    assertThat(count.read()).isEqualTo(1);
    now += 1;
    assertThat(count.read()).isEqualTo(2);
  }

  @Test
  void whatCostsNothingIsLookedAtEachTime() {
    assertThat(count.read()).isEqualTo(1);
    assertThat(count.read()).isEqualTo(2);
  }

  @Test
  void theFirstLookIsTakenWhateverTheClockSays() {
    now = Long.MIN_VALUE;
    assertThat(count.read()).isEqualTo(1);
  }
}
