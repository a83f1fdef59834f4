package org.gemel.mirror.system;

/** The calls that look at an inode. */
final class Status {
  private static final int NO_FOLLOW = 0x100;
  private static final int EMPTY_PATH = 0x1000;
  private static final int BASIC = 0x7ff;

  private Status() {}

  static FileStatus ofDescriptor(int descriptor, String path) throws SystemCallException {
    return read(descriptor, new byte[0], EMPTY_PATH, path);
  }

  static FileStatus ofEntry(int folder, EntryName name, String path) throws SystemCallException {
    return read(folder, name.bytes(), NO_FOLLOW, path);
  }

  private static FileStatus read(int descriptor, byte[] name, int flags, String path)
      throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    long result =
        Kernel.call(
            SystemCall.STATX,
            descriptor,
            memory.first(name),
            flags,
            BASIC,
            memory.structure().address());
    SystemCallException.check(result, SystemCall.STATX, path);
    return FileStatus.of(memory.structure());
  }
}
