package org.gemel.mirror;

import java.util.List;

/** Merges two listings by name. */
final class EntryOrder {
  private EntryOrder() {}

  /**
   * Negative if the next name is in the first listing only, positive if in the second only, 0 if in
   * both.
   */
  static int compare(List<Entry> first, int i, List<Entry> second, int j) {
    if (i == first.size()) {
      return 1;
    }
    return j == second.size() ? -1 : first.get(i).name().compareTo(second.get(j).name());
  }
}
