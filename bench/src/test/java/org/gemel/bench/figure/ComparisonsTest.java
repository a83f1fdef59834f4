package org.gemel.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ratios that the report tells. */
final class ComparisonsTest {
  @Test
  void aSlowRoundOfTheMachineDoesNotTouchTheRatio() {
    Section section =
        section(
            Direction.SPEED,
            List.of(series("gemel", true, 1, 10, 1), series("cp", false, 2, 20, 2)),
            Goal.of("gemel", "cp", 2));

    assertThat(section.comparisons())
        .singleElement()
        .satisfies(
            comparison -> {
              assertThat(comparison.ratio()).isEqualTo(2);
              assertThat(comparison.verdict()).isEqualTo(Comparison.Verdict.REACHED);
            });
  }

  @Test
  void theBestPeerIsTheBestOfEachRound() {
    Section section =
        section(
            Direction.COST,
            List.of(
                series("gemel", true, 1, 1),
                series("rsync", false, 2, 8),
                series("lftp", false, 8, 2),
                Series.absent("rclone", false, "found no rclone")),
            new Goal("gemel", List.of("rsync", "lftp", "rclone"), 0.4));

    assertThat(section.comparisons().getFirst().ratio()).isEqualTo(0.5);
    assertThat(section.comparisons().getFirst().verdict()).isEqualTo(Comparison.Verdict.MISSED);
    assertThat(section.comparisons()).hasSize(3);
  }

  @Test
  void whatIsNotThereYetIsToldNotMeasured() {
    Section section =
        section(
            Direction.SPEED,
            List.of(
                Series.absent("gemel", true, "not there yet: gemel mirror serve"),
                series("cp", false, 2)),
            Goal.of("gemel", "cp", 1));

    assertThat(TextReport.of(List.of("Scale 1"), List.of(section)))
        .startsWith("Scale 1\n")
        .contains("not there yet: gemel mirror serve")
        .contains("not measured");
    assertThat(JsonReport.of(List.of(), List.of(section)))
        .contains("\"verdict\" : \"NOT_MEASURED\"")
        .contains("\"ratio\" : null");
  }

  @Test
  void middleAndUpperValues() {
    assertThat(Statistics.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    assertThat(Statistics.median(List.of())).isNaN();
    assertThat(Statistics.percentile(List.of(1.0, 2.0, 3.0, 4.0), 0.99)).isEqualTo(4);
    assertThat(Statistics.percentile(List.of(1.0, 2.0, 3.0, 4.0), 0.5)).isEqualTo(2);
  }

  private static Section section(Direction direction, List<Series> series, Goal goal) {
    return new Section(
        "A",
        "some files",
        Unit.SECONDS,
        direction,
        Load.files(100),
        series,
        List.of(goal),
        List.of());
  }

  private static Series series(String name, boolean gemel, double... values) {
    return new Series(name, gemel, Arrays.stream(values).mapToObj(Sample::of).toList(), "");
  }
}
