package org.gemel.mirror;

import java.util.Optional;

/**
 * How two trees are compared.
 *
 * @param content whether files are read; otherwise equal size and time to the nanosecond count as
 *     equal
 * @param marker the volumes' marker, which is no part of the trees
 */
public record ComparisonOptions(boolean content, FilterRules filters, Optional<Marker> marker) {
  /** Everything, by size, time and metadata. */
  public static final ComparisonOptions PLAIN =
      new ComparisonOptions(false, FilterRules.NONE, Optional.empty());

  /** Everything, contents read. */
  public static final ComparisonOptions CONTENT =
      new ComparisonOptions(true, FilterRules.NONE, Optional.empty());
}
