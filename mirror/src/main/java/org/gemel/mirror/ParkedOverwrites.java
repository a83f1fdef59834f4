package org.gemel.mirror;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/**
 * Files whose content in the target is to be replaced, kept until the whole tree was seen and the
 * guard has spoken: which share of the files they are is not known before. Names only, and not more
 * than a number that fits the memory: what is beyond it is counted and left to the next pass.
 */
final class ParkedOverwrites {
  static final int MOST = 500_000;

  /**
   * Those of one folder.
   *
   * @param where the path by which the target's is reached, which differs in plans only
   */
  record InFolder(TreePath path, TreePath where, List<EntryName> names) {}

  private final int most;
  private final List<InFolder> folders = new ArrayList<>();
  private long count;
  private long kept;

  ParkedOverwrites(int most) {
    this.most = most;
  }

  synchronized void park(Place place, List<EntryName> names) {
    if (names.isEmpty()) {
      return;
    }
    place.noteParked();
    count += names.size();
    if (kept + names.size() <= most) {
      kept += names.size();
      folders.add(new InFolder(place.path(), place.where(), List.copyOf(names)));
    } else {
      // After this pass it is not what the source's is.
      place.noteFailed();
    }
  }

  /** How many there are, those beyond the memory included. */
  synchronized long count() {
    return count;
  }

  /** How many are left to the next pass. */
  synchronized long left() {
    return count - kept;
  }

  /** In the order of their paths. */
  synchronized List<InFolder> folders() {
    return folders.stream().sorted(Comparator.comparing(InFolder::path)).toList();
  }

  synchronized List<TreePath> paths() {
    return folders.stream().flatMap(each -> each.names().stream().map(each.path()::child)).toList();
  }
}
