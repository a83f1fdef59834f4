package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Goes through two trees slowly and in order: a folder, what it holds, then the folders below.
 * Between two steps nothing is held open, so that a volume can be unmounted, and nothing is
 * remembered but the names of the folders still to come.
 */
final class ScrubWalk {
  /** What a folder has under one name. */
  record Pair(TreePath path, @Nullable Entry from, @Nullable Entry to) {}

  private final Scanner scanner;
  private final PassLog log;
  private final Deque<TreePath> folders = new ArrayDeque<>();

  ScrubWalk(Scanner scanner, PassLog log) {
    this.scanner = scanner;
    this.log = log;
  }

  void begin() {
    folders.clear();
    folders.push(TreePath.ROOT);
  }

  /**
   * Goes on behind an entry that was done. Its folder is gone through again; the caller leaves out
   * what comes before.
   */
  void resume(Folder one, Folder other, List<EntryName> done) throws IOException {
    begin();
    TreePath at = TreePath.ROOT;
    for (int i = 0; i + 1 < done.size(); i++) {
      List<Pair> unused = enter(one, other);
      EntryName wanted = done.get(i);
      at = at.child(wanted);
      // Folders before it are done.
      while (!folders.isEmpty()
          && folders.peek().parent().equals(at.parent())
          && folders.peek().compareTo(at) < 0) {
        folders.pop();
      }
      if (folders.isEmpty() || !folders.peek().equals(at)) {
        return;
      }
    }
  }

  boolean isOver() {
    return folders.isEmpty();
  }

  /** The folder whose turn is next. */
  @Nullable TreePath next() {
    return folders.peek();
  }

  /**
   * Enters the next folder.
   *
   * @return what it holds but folders that both trees have, in the order of names
   */
  List<Pair> enter(Folder one, Folder other) throws IOException {
    TreePath path = folders.pop();
    List<Pair> pairs = new ArrayList<>();
    List<TreePath> below = new ArrayList<>();
    try (Folder left = one.descend(path);
        Folder right = other.descend(path)) {
      Listing wanted = scanner.list(left, left.status());
      Listing found = scanner.list(right, right.status());
      wanted.failures().forEach(log::failed);
      found.failures().forEach(log::failed);
      new FolderVisit(true, log, new Collecting(pairs, below))
          .compare(wanted, found, EntryTable.EMPTY, path);
    }
    below.reversed().forEach(folders::push);
    return pairs;
  }

  private record Collecting(List<Pair> pairs, List<TreePath> below) implements FolderVisit.Handler {
    @Override
    public void folder(Entry from, @Nullable Entry to, TreePath path) {
      if (to != null && to.type() == FileType.FOLDER) {
        below.add(path);
      } else {
        pairs.add(new Pair(path, from, to));
      }
    }

    @Override
    public void other(@Nullable Entry from, @Nullable Entry to, TreePath path, boolean mayDelete) {
      if (from == null || from.type().isMirrored() || (to != null && to.type().isMirrored())) {
        pairs.add(new Pair(path, from, to));
      }
    }
  }
}
