package org.gemel.mirror;

import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.FolderChanges;
import org.gemel.mirror.system.SystemCallException;

/** What goes is gone. */
final class PlainDisposal implements Disposal {
  @Override
  public void replace(Folder in, EntryName made, EntryName name) throws SystemCallException {
    in.changes().rename(made, name);
  }

  @Override
  public void replaceByFolder(Folder in, EntryName made, EntryName name)
      throws SystemCallException {
    FolderChanges changes = in.changes();
    if (changes.exchange(made, name)) {
      removeReplaced(changes, made, name);
    } else {
      // The old thing is gone for a moment on file systems that cannot swap two names.
      changes.removeFile(name);
      changes.rename(made, name);
    }
  }

  /** Removes what a folder was swapped for; if it has become a folder itself it is put back. */
  private static void removeReplaced(FolderChanges changes, EntryName temporary, EntryName name)
      throws SystemCallException {
    try {
      changes.removeFile(temporary);
    } catch (SystemCallException e) {
      if (e.errno() == Errno.EISDIR) {
        // Somebody has put a folder there since it was looked at: the next pass compares it.
        changes.exchange(temporary, name);
      }
      throw e;
    }
  }

  @Override
  public void removeFile(Folder in, EntryName name) throws SystemCallException {
    in.changes().removeFile(name);
  }

  @Override
  public boolean takesWholeFolders() {
    return false;
  }

  @Override
  public void removeFolder(Folder in, EntryName name, long entries) throws SystemCallException {
    in.changes().removeFolder(name);
  }

  @Override
  public int timesRoomWasMade() {
    return 0;
  }

  @Override
  public boolean makeRoom(int before, long wanted) {
    return false;
  }

  @Override
  public void end() {}

  @Override
  public void close() {}
}
