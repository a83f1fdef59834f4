package org.gemel.mirror;

import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;

/**
 * Removes what a killed pass left. A live one holds a lock on the file it writes: it may be a pass
 * to a folder within this target, which the lock on the target's root does not keep out.
 */
final class TemporarySweep {
  private TemporarySweep() {}

  /** Removes one unfinished copy unless its pass lives; says whether it did. */
  static boolean sweep(Folder folder, EntryName temporary) throws SystemCallException {
    FileType type;
    try {
      type = folder.status(temporary).type();
    } catch (SystemCallException e) {
      return goneOrThrow(e);
    }
    if (type == FileType.FOLDER) {
      return sweepFolder(folder, temporary);
    }
    if (type != FileType.FILE) {
      folder.changes().removeFile(temporary);
      return true;
    }
    try (OpenFile file = folder.openFile(temporary)) {
      if (!file.tryLock()) {
        return false;
      }
      folder.changes().removeFile(temporary);
      return true;
    } catch (SystemCallException e) {
      if (e.errno() == Errno.EACCES) {
        // Finished but for its rename, with a mode that forbids reading: no lock can be asked,
        // nobody needs it.
        folder.changes().removeFile(temporary);
        return true;
      }
      return goneOrThrow(e);
    }
  }

  /**
   * A folder that was being filled. Usually it holds no folders yet; if it does, somebody put them
   * there, and a temporary that cannot be swept would be in the way for ever.
   */
  private static boolean sweepFolder(Folder folder, EntryName temporary)
      throws SystemCallException {
    try (Folder unfinished = folder.open(temporary)) {
      if (!unfinished.tryLock()) {
        return false;
      }
      empty(unfinished);
      folder.changes().removeFolder(temporary);
      return true;
    } catch (SystemCallException e) {
      return goneOrThrow(e);
    }
  }

  /** Removes all that is in a folder, but nothing of another file system mounted there. */
  private static void empty(Folder folder) throws SystemCallException {
    for (EntryName each : folder.names()) {
      FileStatus status = folder.status(each);
      if (status.type() == FileType.FOLDER) {
        if (!status.mountRoot()) {
          try (Folder below = folder.open(each)) {
            empty(below);
          }
        }
        folder.changes().removeFolder(each);
      } else {
        folder.changes().removeFile(each);
      }
    }
  }

  private static boolean goneOrThrow(SystemCallException e) throws SystemCallException {
    if (e.errno() == Errno.ENOENT) {
      return false;
    }
    throw e;
  }
}
