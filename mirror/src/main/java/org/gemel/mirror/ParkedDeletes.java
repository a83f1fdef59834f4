package org.gemel.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
   * @param extent how much goes
   * @param replacement what the source has under this name instead; null if nothing
   */
  record Parked(
      TreePath parent, TreePath where, Entry entry, Extent extent, @Nullable Entry replacement) {}

  private final List<Parked> parked = new ArrayList<>();
  private final Set<FileIdentity> moved = new HashSet<>();
  private final Map<TreePath, Integer> large = new HashMap<>();
  private Extent extent = Extent.NOTHING;

  synchronized void park(
      TreePath parent, TreePath where, Entry entry, Extent count, @Nullable Entry replacement) {
    if (replacement == null && moved.contains(entry.status().identity())) {
      return;
    }
    parked.add(new Parked(parent, where, entry, count, replacement));
    extent = extent.plus(count);
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
          extent = is ? extent.minus(each.extent()) : extent;
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

  /** How much of the target would go. */
  synchronized Extent extent() {
    return extent;
  }

  /** Notes how much a folder held that something is to go from. */
  synchronized void held(TreePath folder, int entries) {
    if (entries >= ShrunkFolders.LEAST_ENTRIES) {
      large.put(folder, entries);
    }
  }

  /** Folders that would lose most of what they held, and in what they are left, as text. */
  synchronized Map<String, String> shrunk() {
    Map<TreePath, Integer> lost = new HashMap<>();
    for (Parked each : parked) {
      if (each.replacement() == null && large.containsKey(each.parent())) {
        lost.merge(each.parent(), 1, Integer::sum);
      }
    }
    Map<String, String> shrunk = new TreeMap<>();
    lost.forEach(
        (folder, gone) -> {
          int had = large.getOrDefault(folder, 0);
          if (ShrunkFolders.isShrunk(gone, had)) {
            shrunk.put(
                folder.toString(), "%s without %d of its %d entries".formatted(folder, gone, had));
          }
        });
    return shrunk;
  }
}
