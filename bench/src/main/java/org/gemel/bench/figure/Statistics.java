package org.gemel.bench.figure;

import java.util.Arrays;
import java.util.List;

/** Middle and upper values of a few numbers; of none there is none, which is NaN. */
public final class Statistics {
  private Statistics() {}

  public static double median(List<Double> values) {
    double[] sorted = sorted(values);
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The smallest value that at least this share of all values does not exceed. */
  public static double percentile(List<Double> values, double share) {
    double[] sorted = sorted(values);
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }

  private static double[] sorted(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
