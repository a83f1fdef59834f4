package org.gemel.mirror;

import org.gemel.mirror.system.EntryChoice;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.SystemCallException;

/**
 * Measures and removes what lies in the salvage area. Every step is one name of a folder held open,
 * no link is followed, and a file system that somebody mounted there is left alone.
 */
final class SalvageRemoval {
  /** How much there is: storage in bytes, and entries. */
  record Size(long bytes, long entries) {
    static final Size NOTHING = new Size(0, 0);

    Size plus(Size more) {
      return new Size(bytes + more.bytes, entries + more.entries);
    }
  }

  private final Runnable allowStop;
  private long freed;

  /**
   * @param allowStop called between entries; may throw to end it there
   */
  SalvageRemoval(Runnable allowStop) {
    this.allowStop = allowStop;
  }

  /** Bytes of storage that went. */
  long freed() {
    return freed;
  }

  /** What a folder holds, itself not counted. */
  Size measure(Folder folder) throws SystemCallException {
    allowStop.run();
    Size sum = Size.NOTHING;
    if (folder.status().mountRoot()) {
      return sum;
    }
    EntryTable table = list(folder);
    for (int row = 0; row < table.size(); row++) {
      sum = sum.plus(new Size(storage(table.status(row)), 1));
      if (table.type(row) == FileType.FOLDER) {
        try (Folder below = folder.open(table.name(row))) {
          sum = sum.plus(measure(below));
        }
      }
    }
    return sum;
  }

  /**
   * Removes a folder with all in it, or as much as makes up for a number of bytes.
   *
   * @return whether it is gone
   */
  boolean remove(Folder parent, EntryName name, long enough) throws SystemCallException {
    try (Folder folder = parent.open(name)) {
      FileStatus status = folder.status();
      if (status.mountRoot()) {
        return false;
      }
      if (!Privilege.isRoot() && (status.permissions() & 0300) != 0300) {
        folder.inode().permissions(status.permissions() | 0700);
      }
      if (!empty(folder, enough)) {
        return false;
      }
    }
    parent.changes().removeFolder(name);
    return true;
  }

  private boolean empty(Folder folder, long enough) throws SystemCallException {
    boolean emptied = true;
    EntryTable table = list(folder);
    for (int row = 0; row < table.size(); row++) {
      allowStop.run();
      if (freed >= enough) {
        return false;
      }
      EntryName name = table.name(row);
      if (table.type(row) == FileType.FOLDER) {
        emptied &= remove(folder, name, enough);
      } else {
        folder.changes().removeFile(name);
        // What has further names frees nothing yet.
        freed += table.links(row) == 1 ? table.status(row).allocated() : 0;
      }
    }
    return emptied;
  }

  private static EntryTable list(Folder folder) throws SystemCallException {
    return folder.entries(
        EntryChoice.ALL,
        (name, errno) -> {
          throw SystemCallException.ofStatus(errno, folder.path().child(name).toString());
        });
  }

  /** A file's storage is shared by its names. */
  private static long storage(FileStatus status) {
    return status.type() == FileType.FOLDER ? 0 : status.allocated() / Math.max(1, status.links());
  }
}
