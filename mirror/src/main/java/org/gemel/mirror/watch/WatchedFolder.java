package org.gemel.mirror.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a watch, and its place as told by the events read so far. A watch follows its
 * inode; the place has to be carried along here. Compared by being the same object.
 */
final class WatchedFolder {
  private final int watch;
  private final FileIdentity identity;
  private final Map<EntryName, WatchedFolder> children = new HashMap<>(0);
  private @Nullable WatchedFolder parent;
  private @Nullable EntryName name;
  private boolean attached;
  private boolean lost;

  private WatchedFolder(int watch, FileIdentity identity, boolean attached) {
    this.watch = watch;
    this.identity = identity;
    this.attached = attached;
  }

  static WatchedFolder root(int watch, FileIdentity identity) {
    return new WatchedFolder(watch, identity, true);
  }

  static WatchedFolder of(int watch, FileIdentity identity) {
    return new WatchedFolder(watch, identity, false);
  }

  int watch() {
    return watch;
  }

  FileIdentity identity() {
    return identity;
  }

  Iterable<WatchedFolder> children() {
    return children.values();
  }

  @Nullable WatchedFolder child(EntryName wanted) {
    return children.get(wanted);
  }

  boolean isAt(WatchedFolder folder, EntryName inIt) {
    return attached && parent == folder && name != null && name.equals(inIt);
  }

  boolean isAttached() {
    return attached;
  }

  /** Whether it had no place when hints were told: what came of it until then is not known. */
  boolean isLost() {
    return lost;
  }

  void lose() {
    lost = true;
  }

  /**
   * Puts it under a name of a folder.
   *
   * @return what had the name, and has no place from then on
   */
  @Nullable WatchedFolder attach(WatchedFolder folder, EntryName inIt) {
    detach();
    WatchedFolder before = folder.children.put(inIt, this);
    if (before != null) {
      before.attached = false;
    }
    parent = folder;
    name = inIt;
    attached = true;
    lost = false;
    return before;
  }

  /** Whether a folder is this one or lies below it, as far as is known. */
  boolean isAtOrAbove(WatchedFolder folder) {
    for (WatchedFolder at = folder; at != null; at = at.parent) {
      if (at == this) {
        return true;
      }
    }
    return false;
  }

  /** Takes its place away; the last one stays known. */
  void detach() {
    if (attached && parent != null && name != null) {
      parent.children.remove(name);
      attached = false;
    }
  }

  /** Its path; nothing if it or a folder above has no place. */
  Optional<TreePath> path() {
    for (WatchedFolder at = this; at != null; at = at.parent) {
      if (!at.attached) {
        return Optional.empty();
      }
    }
    return Optional.of(lastPath());
  }

  /** The path it had last, as the folders above lie now. */
  TreePath lastPath() {
    Deque<EntryName> names = new ArrayDeque<>();
    for (WatchedFolder at = this; at != null && at.name != null; at = at.parent) {
      names.addFirst(at.name);
    }
    TreePath path = TreePath.ROOT;
    for (EntryName each : names) {
      path = path.child(each);
    }
    return path;
  }
}
