package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PacedCountTest {
  private long now;
  private long costs;
  private int counts;

  private final PacedCount count =
      new PacedCount(
          () -> now,
          () -> {
            now += costs;
            counts++;
            return OptionalLong.of(counts);
          });

  @Test
  void whatCostsMuchIsCountedSeldom() {
    costs = 10;
    assertThat(count.read()).hasValue(1);
    now += 499;
    assertThat(count.read()).hasValue(1);
    now += 1;
    assertThat(count.read()).hasValue(2);
  }

  @Test
  void whatCostsNothingIsCountedEachTime() {
    assertThat(count.read()).hasValue(1);
    assertThat(count.read()).hasValue(2);
  }

  @Test
  void theFirstCountIsMadeWhateverTheClockSays() {
    now = Long.MIN_VALUE;
    assertThat(count.read()).hasValue(1);
  }
}
