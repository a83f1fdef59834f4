package org.gemel.mirror;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.TreePath;

/**
 * Compares which names are one file in each tree. Judged once all names are known and in the order
 * of paths, so that the name that is reported does not depend on the threads. Holds only files with
 * several names.
 */
final class LinkedNames {
  private record Name(TreePath path, FileIdentity first, FileIdentity second) {}

  private final List<Name> names = new ArrayList<>();

  synchronized void add(TreePath path, FileStatus first, FileStatus second) {
    if (first.links() > 1 || second.links() > 1) {
      names.add(new Name(path, first.identity(), second.identity()));
    }
  }

  /** Tells the names that are not linked alike. */
  synchronized void judge(Consumer<TreePath> unlike) {
    names.sort(Comparator.comparing(Name::path));
    Map<FileIdentity, FileIdentity> secondOfFirst = new HashMap<>();
    Map<FileIdentity, FileIdentity> firstOfSecond = new HashMap<>();
    for (Name each : names) {
      FileIdentity second = secondOfFirst.putIfAbsent(each.first(), each.second());
      FileIdentity first = firstOfSecond.putIfAbsent(each.second(), each.first());
      boolean alike =
          (second == null || second.equals(each.second()))
              && (first == null || first.equals(each.first()));
      if (!alike) {
        unlike.accept(each.path());
      }
    }
    names.clear();
  }
}
