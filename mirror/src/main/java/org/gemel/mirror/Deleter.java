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
  private final boolean dryRun;

  Deleter(
      SourceFolder source,
      @Nullable Folder target,
      Scanner scanner,
      ParkedDeletes parked,
      PassLog log,
      boolean dryRun) {
    this.parked = parked;
    this.source = source;
    this.target = target;
    this.scanner = scanner;
    this.log = log;
    this.dryRun = dryRun;
  }

  /** How many entries would go with this one. */
  long count(Folder parent, Entry entry) throws IOException {
    if (entry.type() != FileType.FOLDER) {
      return 1;
    }
    long count = 1;
    try (Folder folder = parent.open(entry.name())) {
      Listing listing = listBelow(folder);
      for (int row = 0; row < listing.size(); row++) {
        count += count(folder, listing.entry(row));
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
      return folder.status(name).type().isMirrored();
    } catch (IOException e) {
      if (Errno.is(e, Errno.ENOENT) || Errno.is(e, Errno.ENOTDIR) || Errno.is(e, Errno.ELOOP)) {
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
      if (!empty(parent, entry)) {
        return false;
      }
      if (!dryRun) {
        parent.changes().removeFolder(entry.name());
      }
    } else if (!dryRun) {
      parent.changes().removeFile(entry.name());
    }
    log.changed(Change.Kind.DELETE, path);
    return true;
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
