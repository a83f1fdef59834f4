package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The calls that look at an inode. */
final class Status {
  private static final int NO_FOLLOW = 0x100;
  private static final int EMPTY_PATH = 0x1000;
  private static final int BASIC_AND_BIRTH = 0xfff;

  /** Set among the attributes of the top of a mounted file system. */
  static final long MOUNT_ROOT = 0x2000;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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
    long result =
        Kernel.call(
            SystemCall.STATX,
            descriptor,
            memory.first(name),
            flags,
            BASIC_AND_BIRTH,
            memory.structure().address());
    SystemCallException.check(result, SystemCall.STATX, described);
    return FileStatus.of(memory.structure());
  }

  /**
   * Looks at an entry.
   *
   * @param name the address of its NUL-terminated name
   * @param into the address that the kernel's structure is written to
   */
  static long ofEntry(int folder, long name, long into) {
    return Kernel.call(SystemCall.STATX, folder, name, NO_FOLLOW, BASIC_AND_BIRTH, into);
  }

  /** The type of what a structure in an array is of. */
  static FileType type(byte[] statx, int at) {
    return FileType.ofMode((short) SHORT.get(statx, at + 28) & 0xFFFF);
  }

  /** Whether it is the top of a mounted file system. */
  static boolean isMountRoot(byte[] statx, int at) {
    return ((int) INT.get(statx, at + 8) & MOUNT_ROOT) != 0;
  }

  /** The number a device is made by. */
  static long deviceNumber(byte[] statx, int at) {
    return deviceNumber((int) INT.get(statx, at + 128), (int) INT.get(statx, at + 132));
  }

  private static long deviceNumber(int major, int minor) {
    return (minor & 0xFF) | (major & 0xFFFFFFFFL) << 8 | (minor & 0xFFFFFF00L) << 12;
  }

  /** The size; of a device the number it is made by. */
  static long size(MemorySegment statx, int mode) {
    if (!FileType.ofMode(mode).isDevice()) {
      return statx.get(ValueLayout.JAVA_LONG, 40);
    }
    return deviceNumber(statx.get(ValueLayout.JAVA_INT, 128), statx.get(ValueLayout.JAVA_INT, 132));
  }

  static long device(MemorySegment statx) {
    return ((long) statx.get(ValueLayout.JAVA_INT, 136) << 32)
        | (statx.get(ValueLayout.JAVA_INT, 140) & 0xFFFFFFFFL);
  }
}
