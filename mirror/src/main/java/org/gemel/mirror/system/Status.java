package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The calls that look at an inode. */
final class Status {
  private static final int NO_FOLLOW = 0x100;
  private static final int EMPTY_PATH = 0x1000;
  private static final int BASIC_AND_BIRTH = 0xfff;

  /** Set among the attributes of the top of a mounted file system. */
  static final long MOUNT_ROOT = 0x2000;

  private Status() {}

  static FileStatus ofDescriptor(int descriptor, Described described) throws SystemCallException {
    return read(descriptor, new byte[0], EMPTY_PATH, described);
  }

  static FileStatus ofEntry(int folder, EntryName name, Described described)
      throws SystemCallException {
    return read(folder, name.bytes(), NO_FOLLOW, described);
  }

  private static FileStatus read(int descriptor, byte[] name, int flags, Described described)
      throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    long result = call(descriptor, memory.first(name), flags, memory);
    SystemCallException.check(result, SystemCall.STATX, described);
    return FileStatus.of(memory.structure());
  }

  /** Looks at an entry whose NUL-terminated name is in memory; the answer is in the structure. */
  static long ofEntry(int folder, long name, CallMemory memory) {
    return call(folder, name, NO_FOLLOW, memory);
  }

  private static long call(int descriptor, long name, int flags, CallMemory memory) {
    return Kernel.call(
        SystemCall.STATX, descriptor, name, flags, BASIC_AND_BIRTH, memory.structure().address());
  }

  /** The size; of a device the number it is made by. */
  static long size(MemorySegment statx, int mode) {
    if (!FileType.ofMode(mode).isDevice()) {
      return statx.get(ValueLayout.JAVA_LONG, 40);
    }
    long major = statx.get(ValueLayout.JAVA_INT, 128) & 0xFFFFFFFFL;
    long minor = statx.get(ValueLayout.JAVA_INT, 132) & 0xFFFFFFFFL;
    return (minor & 0xFF) | major << 8 | (minor & ~0xFFL) << 12;
  }

  static long device(MemorySegment statx) {
    return ((long) statx.get(ValueLayout.JAVA_INT, 136) << 32)
        | (statx.get(ValueLayout.JAVA_INT, 140) & 0xFFFFFFFFL);
  }
}
