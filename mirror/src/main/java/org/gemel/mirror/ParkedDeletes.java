package org.gemel.mirror;

import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * What is to go from the target, kept until everything else is done and the guard has seen the
 * number.
 */
final class ParkedDeletes {
  /**
   * One entry of the target, with all below it.
   *
   * @param parent the folder it is in
   * @param entries how many entries go
   * @param replacement what the source has under this name instead; null if nothing
   */
  record Parked(TreePath parent, Entry entry, long entries, @Nullable Entry replacement) {}

  private final List<Parked> parked = new ArrayList<>();
  private long entries;

  synchronized void park(TreePath parent, Entry entry, long count, @Nullable Entry replacement) {
    parked.add(new Parked(parent, entry, count, replacement));
    entries += count;
  }

  synchronized List<Parked> all() {
    return List.copyOf(parked);
  }

  /** How many entries of the target would go. */
  synchronized long entries() {
    return entries;
  }
}
