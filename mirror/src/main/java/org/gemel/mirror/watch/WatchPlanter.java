package org.gemel.mirror.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.EventQueue;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.Inotify;
import org.gemel.mirror.system.Subfolders;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Sets watches on folders it holds open, and keeps account of those it could not set. */
final class WatchPlanter {
  private static final int WANTED =
      InotifyEvents.MODIFY
          | InotifyEvents.ATTRIBUTES
          | InotifyEvents.CLOSED_AFTER_WRITING
          | InotifyEvents.MOVED_FROM
          | InotifyEvents.MOVED_TO
          | InotifyEvents.CREATE
          | InotifyEvents.DELETE;
  private static final int WANTED_OF_ROOT =
      WANTED | InotifyEvents.ITSELF_DELETED | InotifyEvents.ITSELF_MOVED;

  private final EventQueue queue;
  private final Folder root;
  private final Set<FileIdentity> ignored;
  private final Predicate<EntryName> temporary;
  private boolean full;
  private int refusals;
  private @Nullable SystemCallException firstRefusal;

  WatchPlanter(
      EventQueue queue, Folder root, Set<FileIdentity> ignored, Predicate<EntryName> temporary) {
    this.queue = queue;
    this.root = root;
    this.ignored = Set.copyOf(ignored);
    this.temporary = temporary;
  }

  /** Watches the root, without which there is nothing to watch. */
  WatchedFolder root() throws SystemCallException {
    int watch = Inotify.watch(queue, root, WANTED_OF_ROOT);
    return WatchedFolder.root(watch, root.status().identity());
  }

  /** Opens the folder at a path; null if it is gone or another one. */
  @Nullable Folder open(TreePath path, FileIdentity wanted) throws SystemCallException {
    Folder folder;
    try {
      folder = root.descend(path);
    } catch (SystemCallException e) {
      if (isAbsence(e)) {
        return null;
      }
      throw e;
    }
    if (folder.status().identity().equals(wanted)) {
      return folder;
    }
    folder.close();
    return null;
  }

  List<EntryName> subfolders(Folder folder) throws SystemCallException {
    List<EntryName> names = new ArrayList<>(Subfolders.of(folder));
    names.removeIf(temporary);
    return names;
  }

  /**
   * Watches the folder of a name.
   *
   * @param known the folders watched so far by their watch: one of these if it is watched already
   * @return null if the name has no folder, or none that may be watched
   */
  @Nullable WatchedFolder watch(Folder parent, EntryName name, Map<Integer, WatchedFolder> known) {
    if (temporary.test(name)) {
      return null;
    }
    try (Folder folder = parent.open(name)) {
      FileIdentity identity = folder.status().identity();
      if (ignored.contains(identity)) {
        return null;
      }
      int watch = Inotify.watch(queue, folder, WANTED);
      WatchedFolder there = known.get(watch);
      return there != null ? there : WatchedFolder.of(watch, identity);
    } catch (SystemCallException e) {
      refused(e);
      return null;
    }
  }

  void unwatch(WatchedFolder folder) {
    Inotify.unwatch(queue, folder.watch());
  }

  /** Takes note of why something is not watched; what is gone need not be. */
  void refused(SystemCallException e) {
    if (isAbsence(e)) {
      return;
    }
    full |= e.errno() == Errno.ENOSPC;
    refusals++;
    firstRefusal = firstRefusal == null || full ? e : firstRefusal;
  }

  private static boolean isAbsence(SystemCallException e) {
    return switch (e.errno()) {
      case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.ESTALE -> true;
      default -> false;
    };
  }

  /** Whether the system allows no more watches. */
  boolean isFull() {
    return full;
  }

  Method method(String before) {
    String words = before + (before.isEmpty() ? "" : "; ") + "a watch on each folder";
    SystemCallException refusal = firstRefusal;
    if (refusal == null) {
      return new Method(Method.Way.INOTIFY, true, words);
    }
    String rest =
        full
            ? InotifyLimits.words(refusal)
            : refusals + " folders could not be watched, the first: " + refusal.getMessage();
    return new Method(
        Method.Way.INOTIFY,
        false,
        words + " but not on all: " + rest + "; changes in the others are found by scans only");
  }
}
