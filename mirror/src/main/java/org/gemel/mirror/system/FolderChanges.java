package org.gemel.mirror.system;

/** The calls that change a held folder's entries: each names entries of this folder only. */
public final class FolderChanges {
  private static final int REMOVE_FOLDER = 0x200;
  private static final int NO_REPLACE = 1;
  private static final int EXCHANGE = 2;

  private final Descriptor descriptor;
  private final Folder folder;

  FolderChanges(Descriptor descriptor, Folder folder) {
    this.descriptor = descriptor;
    this.folder = folder;
  }

  /** Makes a file that was not there, open for writing, for its owner alone. */
  public OpenFile createFile(EntryName name) throws SystemCallException {
    return createFile(name, 0600);
  }

  /** The same with permissions, of which the process' mask and the folder may take away. */
  public OpenFile createFile(EntryName name, int permissions) throws SystemCallException {
    int flags =
        Open.WRITE_ONLY
            | Open.CREATE
            | Open.EXCLUSIVE
            | Open.CLOSE_ON_EXEC
            | Architecture.OPEN_NO_FOLLOW;
    int fd = Open.at(number(), name.bytes(), flags, permissions & 0777, folder.describe(name));
    return new OpenFile(new Descriptor(fd, folder.describe(name)));
  }

  /** Opens a regular file that is there for writing; never waits, and writes nothing yet. */
  public OpenFile openToWrite(EntryName name) throws SystemCallException {
    int flags = Open.WRITE_ONLY | Open.NO_WAIT | Open.CLOSE_ON_EXEC | Architecture.OPEN_NO_FOLLOW;
    int fd = Open.at(number(), name.bytes(), flags, 0, folder.describe(name));
    return new OpenFile(new Descriptor(fd, folder.describe(name)));
  }

  /** Makes a folder that was not there, for its owner alone. */
  public void createFolder(EntryName name) throws SystemCallException {
    long text = CallMemory.ofThisThread().first(name.bytes());
    check(Kernel.call(SystemCall.MKDIRAT, number(), text, 0700), SystemCall.MKDIRAT, name);
  }

  /** Makes a symbolic link that was not there. */
  public void createLink(EntryName name, byte[] target) throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    check(
        Kernel.call(
            SystemCall.SYMLINKAT, memory.first(target), number(), memory.second(name.bytes())),
        SystemCall.SYMLINKAT,
        name);
  }

  /** Makes a FIFO or device like another, for its owner alone. */
  public void createSpecial(EntryName name, FileStatus like) throws SystemCallException {
    check(
        Kernel.call(
            SystemCall.MKNODAT,
            number(),
            CallMemory.ofThisThread().first(name.bytes()),
            like.type().mode() | 0600,
            like.type().isDevice() ? like.size() : 0),
        SystemCall.MKNODAT,
        name);
  }

  /** Gives an inode that another folder names a further name here. */
  public void createHardLink(Folder existingFolder, EntryName existing, EntryName name)
      throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    check(
        Kernel.call(
            SystemCall.LINKAT,
            existingFolder.changes().number(),
            memory.first(existing.bytes()),
            number(),
            memory.second(name.bytes()),
            0),
        SystemCall.LINKAT,
        name);
  }

  /** Renames within this folder, replacing what has the new name in one step. */
  public void rename(EntryName from, EntryName to) throws SystemCallException {
    check(renameCall(from, to, 0), SystemCall.RENAMEAT2, to);
  }

  /**
   * Swaps two names in one step.
   *
   * @return false if this file system cannot
   */
  public boolean exchange(EntryName one, EntryName other) throws SystemCallException {
    return exchange(one, folder, other);
  }

  /**
   * Swaps a name of this folder with one of another folder in one step.
   *
   * @return false if this file system cannot
   */
  public boolean exchange(EntryName one, Folder there, EntryName other) throws SystemCallException {
    long result = renameCall(one, there.changes(), other, EXCHANGE);
    if (isUnknown(result)) {
      return false;
    }
    SystemCallException.check(result, SystemCall.RENAMEAT2, there.describe(other));
    return true;
  }

  /**
   * Moves an entry to a name in another folder, or in this one, that nothing has.
   *
   * @return false if something has it; then nothing was done
   */
  public boolean moveIfFree(EntryName from, Folder there, EntryName to) throws SystemCallException {
    long result = renameCall(from, there.changes(), to, NO_REPLACE);
    if (isUnknown(result)) {
      // Asked first, where the file system cannot do both in one step.
      if (exists(there, to)) {
        return false;
      }
      result = renameCall(from, there.changes(), to, 0);
    }
    if (result == -Errno.EEXIST) {
      return false;
    }
    SystemCallException.check(result, SystemCall.RENAMEAT2, there.describe(to));
    return true;
  }

  private static boolean exists(Folder folder, EntryName name) throws SystemCallException {
    try {
      folder.status(name);
      return true;
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isUnknown(long result) {
    return result == -Errno.EINVAL || result == -Errno.ENOSYS || result == -Errno.EOPNOTSUPP;
  }

  /** Moves an entry to a name of another folder that must be free. */
  public void moveTo(EntryName name, Folder to, EntryName newName) throws SystemCallException {
    long result = renameCall(name, to.changes(), newName, NO_REPLACE);
    if (result == -Errno.EINVAL && !to.has(newName)) {
      // A file system that does not know the flag; or a folder into itself, which fails again.
      result = renameCall(name, to.changes(), newName, 0);
    }
    SystemCallException.check(result, SystemCall.RENAMEAT2, to.describe(newName));
  }

  /** Moves a file over one of another folder in one step. */
  public void moveOver(EntryName name, Folder to, EntryName newName) throws SystemCallException {
    SystemCallException.check(
        renameCall(name, to.changes(), newName, 0), SystemCall.RENAMEAT2, to.describe(newName));
  }

  /** Swaps an entry with one of another folder in one step. */
  public void swapWith(EntryName name, Folder to, EntryName other) throws SystemCallException {
    SystemCallException.check(
        renameCall(name, to.changes(), other, EXCHANGE), SystemCall.RENAMEAT2, to.describe(other));
  }

  /** Removes a name that is no folder. */
  public void removeFile(EntryName name) throws SystemCallException {
    long text = CallMemory.ofThisThread().first(name.bytes());
    check(Kernel.call(SystemCall.UNLINKAT, number(), text, 0), SystemCall.UNLINKAT, name);
  }

  /** Removes an empty folder. */
  public void removeFolder(EntryName name) throws SystemCallException {
    long text = CallMemory.ofThisThread().first(name.bytes());
    check(
        Kernel.call(SystemCall.UNLINKAT, number(), text, REMOVE_FOLDER), SystemCall.UNLINKAT, name);
  }

  private long renameCall(EntryName from, EntryName to, int flags) {
    return renameCall(from, this, to, flags);
  }

  private long renameCall(EntryName from, FolderChanges other, EntryName to, int flags) {
    CallMemory memory = CallMemory.ofThisThread();
    return Kernel.call(
        SystemCall.RENAMEAT2,
        number(),
        memory.first(from.bytes()),
        other.number(),
        memory.second(to.bytes()),
        flags);
  }

  private int number() {
    return descriptor.number();
  }

  private void check(long result, SystemCall call, EntryName name) throws SystemCallException {
    SystemCallException.check(result, call, folder.describe(name));
  }
}
