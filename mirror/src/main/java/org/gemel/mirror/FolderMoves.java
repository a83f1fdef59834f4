package org.gemel.mirror;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.gemel.mirror.index.FolderRecord;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Moves a folder of the target with all below it when the source's was renamed or moved. The index
 * says which folder of the target it was; that it still is where it was, and that the source's no
 * longer is, is looked up before it is moved.
 */
final class FolderMoves {
  private final PassIndex index;
  private final SourceFolder sourceRoot;
  private final @Nullable Folder targetRoot;
  private final Applier applier;
  private final ParkedDeletes parked;
  private final LeftFolders left;
  private final PassLog log;
  private final Map<TreePath, TreePath> moves = new LinkedHashMap<>();

  FolderMoves(
      PassIndex index,
      SourceFolder sourceRoot,
      @Nullable Folder targetRoot,
      Applier applier,
      ParkedDeletes parked,
      LeftFolders left,
      PassLog log) {
    this.index = index;
    this.sourceRoot = sourceRoot;
    this.targetRoot = targetRoot;
    this.applier = applier;
    this.parked = parked;
    this.left = left;
    this.log = log;
  }

  /**
   * Moves the target's folder to where the source's is now.
   *
   * @return the target's folder there, open; empty if nothing was moved
   */
  Optional<Place> follow(Place parent, Entry from, TreePath path) throws IOException {
    Optional<FolderRecord> record = index.find(from.status());
    if (targetRoot == null || record.isEmpty()) {
      return Optional.empty();
    }
    TreePath old = record.get().path();
    if (old.isRoot() || old.equals(path) || isStillAt(old, from.status().identity())) {
      return Optional.empty();
    }
    EntryName name = old.names().getLast();
    try (Folder oldParent = targetRoot.descend(old.parent())) {
      if (!oldParent.status(name).identity().equals(record.get().target())) {
        return Optional.empty();
      }
      applier.prepare(parent);
      Folder moved = applier.moveFolder(oldParent, name, parent.folder(), from.name());
      parked.moved(old, record.get().target());
      left.note(old.parent());
      note(old, path);
      log.renamed(path, old);
      return Optional.of(new Place(path, moved, moved.status()));
    } catch (SystemCallException e) {
      // It cannot be moved, for instance because it is gone, or into itself: then it is copied.
      return Optional.empty();
    }
  }

  /** Where what was below a folder that has been moved is now. */
  synchronized TreePath now(TreePath old) {
    TreePath now = old;
    for (Map.Entry<TreePath, TreePath> each : moves.entrySet()) {
      now = now.moved(each.getKey(), each.getValue());
    }
    return now;
  }

  private synchronized void note(TreePath old, TreePath path) {
    moves.put(old, path);
  }

  private boolean isStillAt(TreePath old, FileIdentity folder) throws IOException {
    try (SourceFolder parent = sourceRoot.descend(old.parent())) {
      return parent.status(old.names().getLast()).identity().equals(folder);
    } catch (IOException e) {
      if (Errno.is(e, Errno.ENOENT) || Errno.is(e, Errno.ENOTDIR) || Errno.is(e, Errno.ELOOP)) {
        return false;
      }
      throw e;
    }
  }
}
