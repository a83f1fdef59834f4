package org.gemel.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/**
 * Files whose content in the target is to be replaced, kept until the whole tree was seen and the
 * guard has spoken: which share of the files they are is not known before. Names only, and not more
 * than a number that fits the memory: what is beyond it is counted and left to the next pass.
 */
final class ParkedOverwrites {
  private final int most;
  private final Map<TreePath, List<EntryName>> byFolder = new TreeMap<>();
  private long count;
  private long kept;

  ParkedOverwrites(int most) {
    this.most = most;
  }

  synchronized void park(Place place, EntryName name) {
    place.noteParked();
    count++;
    if (kept < most) {
      kept++;
      byFolder.computeIfAbsent(place.path(), path -> new ArrayList<>()).add(name);
    } else {
      // Its folder is not what the source's is, after this pass.
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

  /** In the order of their folders. */
  synchronized Map<TreePath, List<EntryName>> byFolder() {
    return byFolder;
  }

  synchronized List<TreePath> paths() {
    List<TreePath> paths = new ArrayList<>();
    byFolder.forEach((folder, names) -> names.forEach(name -> paths.add(folder.child(name))));
    return paths;
  }
}
