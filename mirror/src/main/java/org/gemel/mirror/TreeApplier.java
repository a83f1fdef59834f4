package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.FolderChanges;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Changes the target for good. Everything is made complete under a temporary name in its final
 * folder and then renamed, which the file system does in one step.
 */
final class TreeApplier implements Applier {
  private final Folder targetRoot;
  private final FileMover mover;
  private final PassLog log;
  private final TemporaryNames temporaries;
  private final Disposal disposal;
  private final LargeFiles large;
  private final TornFiles torn;

  TreeApplier(
      Folder targetRoot,
      FileMover mover,
      TemporaryNames temporaries,
      Disposal disposal,
      LargeFiles large,
      TornFiles torn,
      PassLog log) {
    this.large = large;
    this.torn = torn;
    this.disposal = disposal;
    this.log = log;
    this.targetRoot = targetRoot;
    this.mover = mover;
    this.temporaries = temporaries;
  }

  @Override
  public Folder replaceByFolder(@Nullable Folder parent, EntryName name)
      throws SystemCallException {
    Folder into = requireNonNull(parent);
    FolderChanges changes = into.changes();
    EntryName temporary = temporaries.next();
    changes.createFolder(temporary);
    try {
      disposal.replaceByFolder(into, temporary, name);
    } catch (SystemCallException e) {
      giveUpFolder(changes, temporary, e);
    }
    return into.open(name);
  }

  @Override
  public Place stage(Place parent, TreePath path) throws IOException {
    Folder into = requireNonNull(parent.folder());
    EntryName temporary = temporaries.next();
    into.changes().createFolder(temporary);
    Folder made = into.open(temporary, path.names().getLast());
    // Tells the living from the dead, as on an unfinished copy.
    if (!made.tryLock()) {
      made.close();
      throw new IOException("found a new folder locked by another pass, wanted it for this one");
    }
    return Place.staged(path, made, temporary);
  }

  @Override
  public Folder moveFolder(Folder from, EntryName name, @Nullable Folder to, EntryName newName)
      throws SystemCallException {
    Folder into = requireNonNull(to);
    from.changes().moveTo(name, into, newName);
    return into.open(newName);
  }

  @Override
  public boolean moveFile(Folder from, EntryName name, @Nullable Folder to, EntryName newName)
      throws SystemCallException {
    Folder into = requireNonNull(to);
    FileStatus before = from.status(name);
    try {
      from.changes().moveTo(name, into, newName);
      if (large.isRemembered(before)) {
        large.keep(before, into.status(newName), into.path().child(newName));
      }
      return false;
    } catch (SystemCallException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
    from.changes().swapWith(name, into, newName);
    return true;
  }

  @Override
  public void publish(Place parent, Place staged) throws IOException {
    EntryName temporary = requireNonNull(staged.staged());
    EntryName name = staged.path().names().getLast();
    requireNonNull(parent.folder()).changes().rename(temporary, name);
    staged.published();
    requireNonNull(staged.folder()).unlock();
  }

  @Override
  public void discard(Place parent, Place staged) throws IOException {
    requireNonNull(staged.folder()).unlock();
    TemporarySweep.sweep(requireNonNull(parent.folder()), requireNonNull(staged.staged()));
    staged.published();
  }

  @Override
  public void put(FolderWork work, List<Entry> files, Consumer<Entry> done) {
    try {
      work.place().prepareForChange();
    } catch (SystemCallException e) {
      work.place().noteFailed();
      log.failed(work.place().path(), e);
      return;
    }
    mover.move(work, files, done);
  }

  @Override
  public void put(SourceFolder from, Entry entry, @Nullable Folder to) throws IOException {
    if (entry.type() == FileType.FILE) {
      mover.move(from, entry.name(), requireNonNull(to));
    } else {
      putNode(from, entry, requireNonNull(to));
    }
  }

  private void putNode(SourceFolder from, Entry entry, Folder to) throws IOException {
    Metadata metadata = new Metadata(entry.status(), from.attributes(entry.name()));
    FolderChanges changes = to.changes();
    EntryName temporary = temporaries.next();
    if (entry.type() == FileType.SYMBOLIC_LINK) {
      changes.createLink(temporary, from.linkTarget(entry.name()));
    } else {
      changes.createSpecial(temporary, entry.status());
    }
    try (OpenFile made = to.hold(temporary)) {
      metadata.impose(made.inode());
      disposal.replace(to, temporary, entry.name());
    } catch (SystemCallException e) {
      throw giveUp(changes, temporary, e);
    }
  }

  @Override
  public void putHardLink(TreePath existing, EntryName name, @Nullable Folder to)
      throws SystemCallException {
    Folder into = requireNonNull(to);
    FolderChanges changes = into.changes();
    EntryName temporary = temporaries.next();
    try (Folder existingFolder = targetRoot.descend(existing.parent())) {
      changes.createHardLink(existingFolder, existing.names().getLast(), temporary);
    }
    try {
      disposal.replace(into, temporary, name);
    } catch (SystemCallException e) {
      throw giveUp(changes, temporary, e);
    }
    removeIfThere(changes, temporary);
  }

  @Override
  public void metadata(SourceFolder from, Entry entry, @Nullable Folder to) throws IOException {
    Metadata wanted = new Metadata(entry.status(), from.attributes(entry.name()));
    try (OpenFile held = requireNonNull(to).hold(entry.name())) {
      FileStatus before = held.status();
      boolean readOnly = (before.permissions() & 0200) == 0;
      if (!Privilege.isRoot() && readOnly && entry.type() != FileType.SYMBOLIC_LINK) {
        held.inode().permissions(before.permissions() | 0200);
      }
      wanted.impose(held.inode());
      if (large.isRemembered(before)) {
        large.keep(before, held.status(), to.path().child(entry.name()));
      }
    }
  }

  @Override
  public void prepare(Place place) throws SystemCallException {
    place.prepareForChange();
  }

  @Override
  public void dispose(Folder folder, EntryName name) throws SystemCallException {
    disposal.removeFile(folder, name);
  }

  @Override
  public boolean sweep(Folder folder, EntryName temporary) throws IOException {
    return !torn.keep(folder, temporary) && TemporarySweep.sweep(folder, temporary);
  }

  private static void giveUpFolder(
      FolderChanges changes, EntryName temporary, SystemCallException cause)
      throws SystemCallException {
    try {
      changes.removeFolder(temporary);
    } catch (SystemCallException e) {
      cause.addSuppressed(e);
    }
    throw cause;
  }

  /** Removes an unfinished thing and hands back why it could not be finished. */
  static <E extends IOException> E giveUp(FolderChanges changes, EntryName temporary, E cause) {
    try {
      removeIfThere(changes, temporary);
    } catch (SystemCallException e) {
      // The next pass sweeps it.
      cause.addSuppressed(e);
    }
    return cause;
  }

  /** Renaming one name of an inode onto another name of it does nothing and leaves both. */
  private static void removeIfThere(FolderChanges changes, EntryName temporary)
      throws SystemCallException {
    try {
      changes.removeFile(temporary);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }
}
