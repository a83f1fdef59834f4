package org.gemel.bench.figure;

import java.util.List;

/**
 * One contestant's samples, one for each round in the order of the rounds: only so can they be
 * paired with another's.
 *
 * @param note why samples are missing, or what the samples do not say; may be empty
 */
public record Series(String contestant, boolean gemel, List<Sample> samples, String note) {
  public Series {
    samples = List.copyOf(samples);
  }

  public static Series absent(String contestant, boolean gemel, String why) {
    return new Series(contestant, gemel, List.of(), why);
  }

  public boolean isEmpty() {
    return samples.isEmpty();
  }

  public double median() {
    return Statistics.median(samples.stream().map(Sample::value).toList());
  }

  public double medianCpuSeconds() {
    return Statistics.median(samples.stream().map(Sample::cpuSeconds).toList());
  }

  /** The most of all rounds: a peak is no matter of luck with the machine. */
  public double peakBytes() {
    return samples.stream().mapToDouble(Sample::peakBytes).max().orElse(Double.NaN);
  }
}
