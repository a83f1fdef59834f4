package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("M-55")
final class ScheduleTextTest {
  @ParameterizedTest
  @CsvSource({
    "every 30s, every 30s",
    "every 1m, every 1m",
    "EVERY  60 m, every 1h",
    "2h, every 2h",
    "every 1d, every 1d",
    "continuous, continuous",
    "'continuous, scan every 12h', 'continuous, scan every 12h'",
    "continuous scan 24h, continuous",
    "manual, by hand",
    "'0 2 * * mon-fri', cron 0 2 * * MON-FRI",
    "'cron  */5 8-18 1,15 jan 0', cron */5 8-18 1;15 JAN 0",
  })
  void isReadAsPeopleWriteItAndSaidInOneWay(String written, String said) {
    String words = ScheduleText.parse(written).in(ZoneOffset.UTC).words();
    assertThat(words).isEqualTo(said.replace(';', ','));
    assertThat(ScheduleText.parse(words).in(ZoneOffset.UTC).words()).isEqualTo(words);
  }

  @Test
  void continuousLooksAtTheWholeTreeOnceADayUnlessToldOtherwise() {
    assertThat(ScheduleText.parse("continuous").in(ZoneOffset.UTC))
        .isEqualTo(new Schedule.Continuous(Duration.ofHours(24)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evry 5m | did you mean 'every'?",
        "contineous | did you mean 'continuous'?",
        "manuel | did you mean 'manual'?",
        "corn 0 2 * * * | did you mean 'cron'?",
        "every 5min | did you mean '5m'?",
        "every 2 hours | did you mean '2h'?",
        "every 3 fortnights | with a unit of s, m, h or d",
        "every minute | wanted such as 'every 30m'",
        "every 0s | longer than nothing",
        "cron 61 * * * * | Value 61 not in range [0, 59]",
        "cron * * * * | contains 4 parts but we expect one of [5]",
        "cron 0 22-4 * * * | Invalid range",
        "cron 0 0 31 2 * | such a day never comes",
        "cron 0 0 * * MOM | wanted the five fields",
      })
  void whatIsNoScheduleIsRefusedWithWhatWasProbablyMeant(String written, String words) {
    assertThatThrownBy(() -> ScheduleText.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found ")
        .hasMessageContaining(words);
  }
}
