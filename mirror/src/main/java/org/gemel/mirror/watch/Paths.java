package org.gemel.mirror.watch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/** The kernel's absolute paths, each byte as one character, and paths within a tree. */
final class Paths {
  private Paths() {}

  /** The way from one absolute path to another that is it or lies below it. */
  static Optional<TreePath> below(String root, String path) {
    if (path.equals(root)) {
      return Optional.of(TreePath.ROOT);
    }
    String start = root.equals("/") ? root : root + "/";
    if (!path.startsWith(start)) {
      return Optional.empty();
    }
    TreePath at = TreePath.ROOT;
    for (String name : path.substring(start.length()).split("/", -1)) {
      at = at.child(EntryName.of(name.getBytes(StandardCharsets.ISO_8859_1)));
    }
    return Optional.of(at);
  }

  /** Whether a path is another or lies below it. */
  static boolean isAtOrBelow(TreePath path, TreePath upper) {
    List<EntryName> names = path.names();
    List<EntryName> start = upper.names();
    return names.size() >= start.size() && names.subList(0, start.size()).equals(start);
  }

  /** A path at or below one place as it would be from another. */
  static TreePath rebase(TreePath path, TreePath from, TreePath to) {
    List<EntryName> names = path.names();
    TreePath at = to;
    for (EntryName name : names.subList(from.names().size(), names.size())) {
      at = at.child(name);
    }
    return at;
  }
}
