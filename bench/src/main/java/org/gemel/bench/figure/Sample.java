package org.gemel.bench.figure;

/**
 * What one run of one contestant gave.
 *
 * @param value in the section's unit
 * @param cpuSeconds NaN where it was not measured
 * @param peakBytes NaN where it was not measured
 */
public record Sample(double value, double cpuSeconds, double peakBytes) {
  public static Sample of(double value) {
    return new Sample(value, Double.NaN, Double.NaN);
  }
}
