package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Lists a folder with {@code getdents64}. */
final class FolderReader {
  private static final int LENGTH_AT = 16;
  private static final int NAME_AT = 19;

  private FolderReader() {}

  static List<EntryName> names(int folder, String path) throws SystemCallException {
    SystemCallException.check(Kernel.call(SystemCall.LSEEK, folder, 0, 0), SystemCall.LSEEK, path);
    MemorySegment block = CallMemory.ofThisThread().block();
    List<EntryName> names = new ArrayList<>();
    while (true) {
      long filled =
          Kernel.call(SystemCall.GETDENTS64, folder, block.address(), CallMemory.BLOCK_BYTES);
      SystemCallException.check(filled, SystemCall.GETDENTS64, path);
      if (filled == 0) {
        return names;
      }
      for (long at = 0; at < filled; ) {
        int length = block.get(ValueLayout.JAVA_SHORT, at + LENGTH_AT) & 0xFFFF;
        byte[] name = name(block, at + NAME_AT);
        if (!isDots(name)) {
          names.add(EntryName.of(name));
        }
        at += length;
      }
    }
  }

  private static byte[] name(MemorySegment block, long start) {
    long end = start;
    while (block.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    return block.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE);
  }

  private static boolean isDots(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }
}
