package org.gemel.bench.figure;

import java.util.OptionalDouble;

/**
 * One ratio of the report.
 *
 * @param ratio the median of the rounds' ratios; NaN if one of both was not measured
 * @param wanted what the goal asks, if there is one
 */
public record Comparison(
    String contestant, String against, double ratio, OptionalDouble wanted, Verdict verdict) {
  /** What became of a goal. */
  public enum Verdict {
    REACHED,
    MISSED,
    NOT_MEASURED,
    NOT_ASKED
  }
}
