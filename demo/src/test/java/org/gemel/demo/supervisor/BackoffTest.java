package org.gemel.demo.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  @Test
  void aChildThatKeepsEndingIsGivenMoreAndMoreTime() {
    List<Long> waits = new ArrayList<>();
    Backoff backoff = Backoff.none();
    for (int end = 0; end < 7; end++) {
      backoff = backoff.after(Duration.ofMillis(50));
      waits.add(backoff.last().toMillis());
    }
    assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L, 1000L);
  }

  @Test
  void aChildThatRanWellStartsAgainAtOnce() {
    assertThat(new Backoff(Backoff.LONGEST).after(Backoff.RAN_WELL).last()).isZero();
  }
}
