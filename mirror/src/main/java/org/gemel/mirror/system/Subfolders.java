package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Lists only the folders in a folder, without looking at each entry where the listing tells. */
public final class Subfolders {
  private static final int LENGTH_AT = 16;
  private static final int TYPE_AT = 18;
  private static final int NAME_AT = 19;
  private static final int UNKNOWN = 0;
  private static final int FOLDER = 4;

  private Subfolders() {}

  public static List<EntryName> of(Folder folder) throws SystemCallException {
    Descriptor descriptor = folder.descriptor();
    List<EntryName> found = new ArrayList<>();
    List<EntryName> unsure = new ArrayList<>();
    SystemCallException.check(
        Kernel.call(SystemCall.LSEEK, descriptor.number(), 0, 0),
        SystemCall.LSEEK,
        descriptor.described());
    MemorySegment block = CallMemory.ofThisThread().block();
    while (true) {
      long filled =
          Kernel.call(
              SystemCall.GETDENTS64, descriptor.number(), block.address(), CallMemory.BLOCK_BYTES);
      SystemCallException.check(filled, SystemCall.GETDENTS64, descriptor.described());
      if (filled == 0) {
        break;
      }
      for (long at = 0; at < filled; at += block.get(ValueLayout.JAVA_SHORT, at + LENGTH_AT)) {
        int type = block.get(ValueLayout.JAVA_BYTE, at + TYPE_AT);
        byte[] name = name(block, at + NAME_AT);
        boolean dots = name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
        if (!dots && type == FOLDER) {
          found.add(EntryName.of(name));
        } else if (!dots && type == UNKNOWN) {
          unsure.add(EntryName.of(name));
        }
      }
    }
    for (EntryName each : unsure) {
      if (isFolder(folder, each)) {
        found.add(each);
      }
    }
    return found;
  }

  private static boolean isFolder(Folder folder, EntryName name) throws SystemCallException {
    try {
      return folder.status(name).type() == FileType.FOLDER;
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  private static byte[] name(MemorySegment block, long start) {
    long end = start;
    while (block.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    return block.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE);
  }
}
