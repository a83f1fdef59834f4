package org.gemel.bench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Ratios are taken round by round, of runs that lay close together in time, and the median of those
 * is told: the machine's own ups and downs are larger than what is to be seen.
 */
final class Comparisons {
  private final Section section;

  private Comparisons(Section section) {
    this.section = section;
  }

  /** First what is wanted, then each of Gemel's contestants beside each peer not yet named. */
  static List<Comparison> of(Section section) {
    Comparisons comparisons = new Comparisons(section);
    List<Comparison> all = new ArrayList<>();
    for (Goal goal : section.goals()) {
      all.add(comparisons.wanted(goal));
    }
    for (Series gemel : section.series()) {
      for (Series peer : section.series()) {
        boolean told =
            all.stream()
                .anyMatch(
                    c ->
                        c.contestant().equals(gemel.contestant())
                            && c.against().equals(peer.contestant()));
        if (gemel.gemel() && !peer.gemel() && !gemel.isEmpty() && !peer.isEmpty() && !told) {
          all.add(
              new Comparison(
                  gemel.contestant(),
                  peer.contestant(),
                  comparisons.ratio(gemel, List.of(peer)),
                  OptionalDouble.empty(),
                  Comparison.Verdict.NOT_ASKED));
        }
      }
    }
    return all;
  }

  private Comparison wanted(Goal goal) {
    List<Series> gemel = measured(List.of(goal.contestant()));
    List<Series> peers = measured(goal.against());
    boolean measured = !gemel.isEmpty() && !peers.isEmpty();
    double ratio = measured ? ratio(gemel.getFirst(), peers) : Double.NaN;
    String against =
        goal.against().size() == 1
            ? goal.against().getFirst()
            : "the best of " + peers.size() + " peers";
    return new Comparison(
        goal.contestant(),
        against,
        ratio,
        OptionalDouble.of(goal.wanted()),
        verdict(ratio, goal.wanted()));
  }

  private Comparison.Verdict verdict(double ratio, double wanted) {
    if (Double.isNaN(ratio)) {
      return Comparison.Verdict.NOT_MEASURED;
    }
    return section.direction().reaches(ratio, wanted)
        ? Comparison.Verdict.REACHED
        : Comparison.Verdict.MISSED;
  }

  private List<Series> measured(List<String> names) {
    return section.series().stream()
        .filter(series -> names.contains(series.contestant()) && !series.isEmpty())
        .toList();
  }

  private double ratio(Series gemel, List<Series> peers) {
    int rounds =
        Math.min(
            gemel.samples().size(),
            peers.stream().mapToInt(peer -> peer.samples().size()).min().orElse(0));
    List<Double> ratios =
        IntStream.range(0, rounds)
            .mapToObj(
                round ->
                    section
                        .direction()
                        .ratio(gemel.samples().get(round).value(), best(peers, round)))
            .toList();
    return Statistics.median(ratios);
  }

  /** All values are times or bytes: the least is the best. */
  private static double best(List<Series> peers, int round) {
    return peers.stream()
        .mapToDouble(peer -> peer.samples().get(round).value())
        .min()
        .orElse(Double.NaN);
  }
}
