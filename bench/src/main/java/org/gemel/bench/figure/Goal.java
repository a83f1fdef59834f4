package org.gemel.bench.figure;

import java.util.List;

/**
 * A ratio that is wanted of one contestant beside another, or beside the best of several.
 *
 * @param against the peers whose best counts, round by round
 */
public record Goal(String contestant, List<String> against, double wanted) {
  public Goal {
    against = List.copyOf(against);
  }

  public static Goal of(String contestant, String against, double wanted) {
    return new Goal(contestant, List.of(against), wanted);
  }
}
