package org.gemel.mirror;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.index.FolderRecord;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
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
  private final boolean dryRun;
  private final Set<FileIdentity> kept = new HashSet<>();
  private final Map<TreePath, TreePath> moves = new LinkedHashMap<>();

  FolderMoves(
      PassIndex index,
      SourceFolder sourceRoot,
      @Nullable Folder targetRoot,
      Applier applier,
      ParkedDeletes parked,
      LeftFolders left,
      PassLog log,
      boolean dryRun) {
    this.dryRun = dryRun;
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
    if (old.isRoot()
        || old.equals(path)
        || isNeededAt(old, from.status().identity(), record.get())) {
      return Optional.empty();
    }
    // In a plan nothing has been moved yet.
    TreePath where = dryRun ? old : now(old);
    EntryName name = where.names().getLast();
    try (Folder oldParent = targetRoot.descend(where.parent())) {
      FileStatus there = oldParent.status(name);
      // An inode's number comes again: what has it now may be no folder.
      boolean same =
          there.type() == FileType.FOLDER && there.identity().equals(record.get().target());
      if (!same || !take(where, there.identity())) {
        return Optional.empty();
      }
      applier.prepare(parent);
      Folder moved = applier.moveFolder(oldParent, name, parent.folder(), from.name());
      left.note(where.parent());
      note(where, path);
      log.renamed(path, old);
      return Optional.of(new Place(path, dryRun ? where : path, moved, moved.status()));
    } catch (SystemCallException e) {
      // It cannot be moved, for instance because it is gone, or into itself: then it is copied.
      return Optional.empty();
    }
  }

  /**
   * What the target has in place of an entry now that folders have been moved; it will not be moved
   * any more.
   */
  @Nullable Entry look(Place parent, @Nullable Entry before) throws IOException {
    if (before == null || parent.folder() == null) {
      return before;
    }
    synchronized (this) {
      FileIdentity identity = before.status().identity();
      if (!parked.isMoved(identity)) {
        kept.add(identity);
        return before;
      }
    }
    boolean there = !dryRun && parent.folder().has(before.name());
    return there ? new Entry(before.name(), parent.folder().status(before.name())) : null;
  }

  /** Where what was below a folder that has been moved is now. */
  synchronized TreePath now(TreePath old) {
    TreePath now = old;
    for (Map.Entry<TreePath, TreePath> each : moves.entrySet()) {
      now = now.moved(each.getKey(), each.getValue());
    }
    return now;
  }

  private synchronized boolean take(TreePath old, FileIdentity folder) {
    if (kept.contains(folder)) {
      return false;
    }
    parked.moved(old, folder);
    return true;
  }

  private synchronized void note(TreePath old, TreePath path) {
    moves.put(old, path);
  }

  /**
   * Whether the target's folder has to stay: the source's is still there, or one that has come in
   * its place since and was made equal to it.
   */
  private boolean isNeededAt(TreePath old, FileIdentity folder, FolderRecord record)
      throws IOException {
    try (SourceFolder parent = sourceRoot.descend(old.parent())) {
      FileStatus there = parent.status(old.names().getLast());
      return there.identity().equals(folder)
          || index
              .find(there)
              .map(each -> each.path().equals(old) && each.target().equals(record.target()))
              .orElse(false);
    } catch (IOException e) {
      if (Errno.isMissing(e)) {
        return false;
      }
      throw e;
    }
  }
}
