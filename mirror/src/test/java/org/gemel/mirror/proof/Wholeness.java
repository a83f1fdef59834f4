package org.gemel.mirror.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What must hold of the target at any instant between two states: each final name is what it was or
 * what it is to be, nothing in between, nothing invented, and nothing lost that is in both.
 */
final class Wholeness {
  private final Map<Path, Seen> old;
  private final Map<Path, Seen> wanted;

  Wholeness(Snapshot before, Snapshot wanted) {
    this.old = before.entries();
    this.wanted = wanted.entries();
  }

  List<String> violations(Snapshot now) {
    List<String> violations = new ArrayList<>();
    TreeSet<Path> all = new TreeSet<>(now.entries().keySet());
    all.addAll(old.keySet());
    for (Path path : all) {
      if (!Snapshot.isGemels(path)) {
        judge(path, now.entries().get(path), violations);
      }
    }
    return violations;
  }

  private void judge(Path path, Seen found, List<String> violations) {
    Seen before = old.get(path);
    Seen after = wanted.get(path);
    if (found == null) {
      // A folder has to be emptied and removed before a file can have its name.
      boolean mayBeAbsent = after == null || (before.isFolder() && !after.isFolder());
      if (!mayBeAbsent) {
        violations.add("lost: " + path);
      }
      return;
    }
    boolean isOld = before != null && found.holdsSame(before);
    boolean isNew = after != null && found.holdsSame(after);
    if (!isOld && !isNew) {
      violations.add("neither old nor new: " + path + " is " + found);
    } else if (!(isOld && isNew) && found.isFile() && !found.equals(isOld ? before : after)) {
      // New content comes under its name with all that belongs to it.
      violations.add(
          "new content with old mode, owner, time or attributes, or the other way round: "
              + path
              + " is "
              + found
              + ", wanted "
              + (isOld ? before : after));
    }
  }
}
