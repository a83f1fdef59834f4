package org.gemel.mirror;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.system.FileIdentity;
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
   * @param where the path by which that is reached, which differs in plans only
   * @param entries how many entries go
   * @param replacement what the source has under this name instead; null if nothing
   */
  record Parked(
      TreePath parent, TreePath where, Entry entry, long entries, @Nullable Entry replacement) {}

  private final List<Parked> parked = new ArrayList<>();
  private final Set<FileIdentity> moved = new HashSet<>();
  private long entries;

  synchronized void park(
      TreePath parent, TreePath where, Entry entry, long count, @Nullable Entry replacement) {
    if (replacement == null && moved.contains(entry.status().identity())) {
      return;
    }
    parked.add(new Parked(parent, where, entry, count, replacement));
    entries += count;
  }

  /** Notes that something has been moved to another name: it does not go, nor what is below it. */
  synchronized void moved(TreePath old, FileIdentity identity) {
    moved.add(identity);
    parked.removeIf(
        each -> {
          boolean is =
              each.replacement() == null
                  && each.entry().status().identity().equals(identity)
                  && each.parent().child(each.entry().name()).equals(old);
          entries -= is ? each.entries() : 0;
          return is;
        });
  }

  /** Whether it has been moved; in a plan: would be. */
  synchronized boolean isMoved(FileIdentity identity) {
    return moved.contains(identity);
  }

  synchronized List<Parked> all() {
    return List.copyOf(parked);
  }

  /** How many entries of the target would go. */
  synchronized long entries() {
    return entries;
  }
}
