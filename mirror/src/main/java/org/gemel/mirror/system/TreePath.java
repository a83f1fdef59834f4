package org.gemel.mirror.system;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from a tree's root to an entry: names only, so it cannot leave the tree. Shares its
 * parents' memory.
 */
public final class TreePath implements Comparable<TreePath> {
  public static final TreePath ROOT = new TreePath(null, null);

  private final @Nullable TreePath parent;
  private final @Nullable EntryName name;

  private TreePath(@Nullable TreePath parent, @Nullable EntryName name) {
    this.parent = parent;
    this.name = name;
  }

  public TreePath child(EntryName child) {
    return new TreePath(this, child);
  }

  public boolean isRoot() {
    return parent == null;
  }

  /** The names from the root down; empty for the root itself. */
  public List<EntryName> names() {
    Deque<EntryName> names = new ArrayDeque<>();
    for (TreePath at = this; at.parent != null && at.name != null; at = at.parent) {
      names.addFirst(at.name);
    }
    return new ArrayList<>(names);
  }

  /** The folder this entry is in; the root's is the root. */
  public TreePath parent() {
    return parent == null ? this : parent;
  }

  /** Whether this is a folder's path or that of something in it. */
  public boolean isAtOrBelow(TreePath folder) {
    List<EntryName> names = names();
    List<EntryName> start = folder.names();
    return names.size() >= start.size() && names.subList(0, start.size()).equals(start);
  }

  /** This path as it is after a folder was moved: the same if it is neither that nor below it. */
  public TreePath moved(TreePath from, TreePath to) {
    if (!isAtOrBelow(from)) {
      return this;
    }
    List<EntryName> names = names();
    List<EntryName> start = from.names();
    TreePath moved = to;
    for (EntryName name : names.subList(start.size(), names.size())) {
      moved = moved.child(name);
    }
    return moved;
  }

  /** Folders come before what is in them, names in the order of their bytes. */
  @Override
  public int compareTo(TreePath other) {
    List<EntryName> one = names();
    List<EntryName> two = other.names();
    for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
      int order = one.get(i).compareTo(two.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), two.size());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TreePath path && names().equals(path.names());
  }

  @Override
  public int hashCode() {
    return names().hashCode();
  }

  /** The path for a person, names joined by slashes and escaped; {@code .} for the root. */
  @Override
  public String toString() {
    if (isRoot()) {
      return ".";
    }
    StringBuilder out = new StringBuilder();
    for (EntryName each : names()) {
      out.append(out.isEmpty() ? "" : "/").append(each);
    }
    return out.toString();
  }
}
