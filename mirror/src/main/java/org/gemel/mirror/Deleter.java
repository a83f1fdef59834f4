package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Removes parked entries, contents before their folder. What the filters exclude stays, and so do
 * its folders.
 */
final class Deleter {
  private final SourceFolder source;
  private final @Nullable Folder target;
  private final Scanner scanner;
  private final ParkedDeletes parked;
  private final PassLog log;
  private final Disposal disposal;
  private final boolean dryRun;

  Deleter(
      SourceFolder source,
      @Nullable Folder target,
      Scanner scanner,
      ParkedDeletes parked,
      PassLog log,
      Disposal disposal,
      boolean dryRun) {
    this.parked = parked;
    this.disposal = disposal;
    this.source = source;
    this.target = target;
    this.scanner = scanner;
    this.log = log;
    this.dryRun = dryRun;
  }

  /** Whether what an entry is now is mirrored. */
  boolean mirrors(FileType type) {
    return scanner.carries(type);
  }

  /** How much would go with this entry, itself included. */
  Extent count(Folder parent, Entry entry) throws IOException {
    Extent count = Extent.of(entry);
    if (entry.type() != FileType.FOLDER) {
      return count;
    }
    try (Folder folder = parent.open(entry.name())) {
      Listing listing = listBelow(folder);
      for (int row = 0; row < listing.size(); row++) {
        count = count.plus(count(folder, listing.entry(row)));
      }
    }
    return count;
  }

  /**
   * Removes one parked entry, unless the source has got something of that name meanwhile.
   *
   * @return whether it is gone
   */
  boolean delete(ParkedDeletes.Parked each) throws IOException {
    if (each.replacement() == null && isInSource(each.parent(), each.entry().name())) {
      return false;
    }
    try (Folder parent = requireNonNull(target).descend(each.where())) {
      return remove(parent.seenAt(each.parent()), each.entry());
    } catch (IOException e) {
      // Gone already, or moved away: what was wanted.
      if (Errno.is(e, Errno.ENOENT)) {
        return true;
      }
      throw e;
    }
  }

  private boolean isInSource(TreePath parent, EntryName name) throws IOException {
    try (SourceFolder folder = source.descend(parent)) {
      return scanner.carries(folder.status(name).type());
    } catch (IOException e) {
      if (Errno.isMissing(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Removes an entry with all below it and says whether it is gone. */
  private boolean remove(Folder parent, Entry entry) throws IOException {
    log.allowStop();
    TreePath path = parent.path().child(entry.name());
    if (dryRun && parked.isMoved(entry.status().identity())) {
      return true;
    }
    if (entry.type() == FileType.FOLDER) {
      if (!dryRun && disposal.takesWholeFolders() && removeWhole(parent, entry)) {
        return true;
      }
      if (!empty(parent, entry)) {
        return false;
      }
      if (!dryRun) {
        parent.changes().removeFolder(entry.name());
      }
    } else if (!dryRun) {
      disposal.removeFile(parent, entry.name());
    }
    log.changed(Change.Kind.DELETE, path);
    return true;
  }

  /** Lets a folder go in one piece, if nothing in it has to stay. */
  private boolean removeWhole(Folder parent, Entry entry) throws IOException {
    try (Folder folder = parent.open(entry.name())) {
      long entries = countWhole(folder);
      if (entries == 0) {
        return false;
      }
      int permissions = folder.status().permissions();
      boolean closed = !Privilege.isRoot() && (permissions & 0200) == 0;
      if (closed) {
        folder.inode().permissions(permissions | 0700);
      }
      disposal.removeFolder(parent, entry.name(), entries);
      if (closed) {
        folder.inode().permissions(permissions);
      }
      tell(folder);
      return true;
    }
  }

  /** How many entries a folder is, itself included; 0 if something in it is not to go with it. */
  private long countWhole(Folder folder) throws IOException {
    log.allowStop();
    Listing listing = listBelow(folder);
    if (!hasNothingExcluded(folder, listing) || !listing.temporaries().isEmpty()) {
      return 0;
    }
    long count = 1;
    for (int row = 0; row < listing.size(); row++) {
      long below = 1;
      if (listing.table().type(row) == FileType.FOLDER) {
        try (Folder child = folder.open(listing.table().name(row))) {
          below = countWhole(child);
        }
      }
      if (below == 0) {
        return 0;
      }
      count += below;
    }
    return count;
  }

  /** Tells of each entry of a folder that went whole, in the order in which a plan does. */
  private void tell(Folder folder) throws IOException {
    Listing listing = scanner.list(folder, folder.status());
    for (int row = 0; row < listing.size(); row++) {
      EntryName name = listing.table().name(row);
      if (listing.table().type(row) == FileType.FOLDER) {
        try (Folder child = folder.open(name)) {
          tell(child);
        }
      } else {
        log.changed(Change.Kind.DELETE, folder.path().child(name));
      }
    }
    log.changed(Change.Kind.DELETE, folder.path());
  }

  private boolean empty(Folder parent, Entry entry) throws IOException {
    boolean emptied = true;
    try (Folder folder = parent.open(entry.name())) {
      FileStatus status = folder.status();
      if (!Privilege.isRoot() && (status.permissions() & 0300) != 0300 && !dryRun) {
        folder.inode().permissions(status.permissions() | 0700);
      }
      Listing listing = listBelow(folder);
      for (int row = 0; row < listing.size(); row++) {
        emptied &= remove(folder, listing.entry(row));
      }
      for (EntryName temporary : listing.temporaries()) {
        emptied &= dryRun || TemporarySweep.sweep(folder, temporary);
      }
      // What the filters exclude is not in the listing, but is in the way.
      return emptied && (dryRun ? hasNothingExcluded(folder, listing) : folder.names().isEmpty());
    }
  }

  private static boolean hasNothingExcluded(Folder folder, Listing listing) throws IOException {
    return folder.names().size() == listing.size() + listing.temporaries().size();
  }

  /**
   * Lists a folder that is to go; refuses to reach into a file system mounted there, which is
   * nobody's mirror.
   */
  private Listing listBelow(Folder folder) throws IOException {
    FileStatus status = folder.status();
    if (status.mountRoot()) {
      throw new UndeletableException(
          "another file system is mounted here: not deleted; unmount it or exclude the folder");
    }
    Listing listing = scanner.list(folder, status);
    if (!listing.failures().isEmpty()) {
      throw new UndeletableException(listing.failures().getFirst().reason());
    }
    return listing;
  }

  /** A folder that must not be deleted, or not blindly. */
  static final class UndeletableException extends RuntimeException {
    UndeletableException(String message) {
      super(message);
    }
  }
}
