package org.gemel.mirror.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.MountTable;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.system.Whereabouts;

/**
 * File systems mounted inside the tree. Mounting and unmounting changes what is there, and no event
 * of any file tells it.
 */
final class NestedMounts {
  private final Folder root;
  private final MountTable table;
  private Set<String> points;

  NestedMounts(Folder root, MountTable table) throws SystemCallException {
    this.root = root;
    this.table = table;
    this.points = table.mountPoints();
  }

  /** Where something was mounted or unmounted since the last call. */
  List<TreePath> changes() throws SystemCallException {
    Set<String> now = table.mountPoints();
    Set<String> different = new TreeSet<>(now);
    different.addAll(points);
    different.removeIf(each -> now.contains(each) && points.contains(each));
    points = now;
    return inside(different);
  }

  /** Where file systems are mounted now. */
  List<TreePath> present() throws SystemCallException {
    return inside(points);
  }

  private List<TreePath> inside(Set<String> paths) throws SystemCallException {
    if (!(Whereabouts.of(root) instanceof Whereabouts.At at)) {
      return List.of();
    }
    List<TreePath> inside = new ArrayList<>();
    for (String each : paths) {
      Optional<TreePath> below = Paths.below(at.path(), each);
      below.filter(path -> !path.isRoot()).ifPresent(inside::add);
    }
    return inside;
  }
}
