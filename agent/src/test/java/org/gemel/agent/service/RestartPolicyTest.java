package org.gemel.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RestartPolicyTest {
  private final RestartPolicy policy = new RestartPolicy();

  @Test
  void waitsLongerAfterEachDeathButNeverMoreThanFiveSeconds() {
    long now = 0;
    for (long wait : new long[] {100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000}) {
      assertThat(policy.died(now, now) - now).isEqualTo(wait);
      now += wait;
    }
  }

  @Test
  void threeDeathsWithinTenSecondsAreAFailure() {
    policy.died(0, 0);
    policy.died(100, 5_000);
    assertThat(policy.failing()).isFalse();
    policy.died(5_200, 10_000);
    assertThat(policy.failing()).isTrue();
  }

  @Test
  void threeDeathsFurtherApartAreNone() {
    policy.died(0, 0);
    policy.died(100, 5_000);
    policy.died(5_200, 10_001);
    assertThat(policy.failing()).isFalse();
  }

  @Test
  void failureLastsUntilItHasRunWell() {
    for (int i = 0; i < 3; i++) {
      policy.died(0, 0);
    }
    policy.runs(1_000, 10_999);
    assertThat(policy.failing()).isTrue();
    policy.runs(1_000, 11_000);
    assertThat(policy.failing()).isFalse();
    assertThat(policy.died(1_000, 11_000)).isEqualTo(11_100);
  }
}
