package org.gemel.mirror;

import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/**
 * Sets folders' own metadata when nothing in them changes any more, from the bottom up: every
 * change of an entry moves its folder's time, and a folder's final mode may forbid reaching those
 * below it.
 */
final class FolderFinisher {
  private record Unfinished(TreePath path, Metadata metadata) {}

  private final List<Unfinished> unfinished = new ArrayList<>();

  /** Notes a folder; those below it must have been noted before. */
  void add(TreePath path, Metadata metadata) {
    unfinished.add(new Unfinished(path, metadata));
  }

  void finish(Folder targetRoot, PassLog log) {
    for (Unfinished each : unfinished) {
      try {
        finish(targetRoot, each);
      } catch (SystemCallException e) {
        log.failed(each.path(), e.getMessage());
      }
    }
  }

  private static void finish(Folder targetRoot, Unfinished each) throws SystemCallException {
    if (each.path().isRoot()) {
      each.metadata().impose(targetRoot.inode());
      return;
    }
    try (Folder parent = targetRoot.descend(each.path().parent());
        OpenFile folder = parent.hold(each.path().names().getLast())) {
      each.metadata().impose(folder.inode());
    }
  }
}
