package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lists a folder with {@code getdents64}, and looks at each entry where its name lies. */
final class FolderReader {
  private static final int LENGTH_AT = 16;
  private static final int NAME_AT = 19;

  /** Told of each name; its address is good until the call returns. */
  private interface Visitor {
    void name(MemorySegment block, long at, int length) throws SystemCallException;
  }

  private FolderReader() {}

  static List<EntryName> names(Descriptor folder) throws SystemCallException {
    List<EntryName> names = new ArrayList<>();
    visit(folder, (block, at, length) -> names.add(name(block, at, length)));
    return names;
  }

  /** Lists the entries that a choice wants, sorted, with their status and attribute sizes. */
  static EntryTable entries(
      Descriptor folder, EntryChoice choice, EntryChoice.Unreadable unreadable)
      throws SystemCallException {
    EntryTable table = new EntryTable(64);
    visit(
        folder,
        (block, at, length) -> look(folder.number(), block, at, length, choice, unreadable, table));
    table.sort();
    return table;
  }

  /** The same of some names only; those that are not there are told to be unreadable. */
  static EntryTable entries(
      Descriptor folder,
      Collection<EntryName> names,
      EntryChoice choice,
      EntryChoice.Unreadable unreadable)
      throws SystemCallException {
    EntryTable table = new EntryTable(names.size());
    MemorySegment block = CallMemory.ofThisThread().names();
    for (EntryName name : names) {
      byte[] bytes = name.bytes();
      MemorySegment.copy(bytes, 0, block, ValueLayout.JAVA_BYTE, 0, bytes.length);
      block.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
      look(folder.number(), block, 0, bytes.length, choice, unreadable, table);
    }
    table.sort();
    return table;
  }

  private static void look(
      int folder,
      MemorySegment block,
      long at,
      int length,
      EntryChoice choice,
      EntryChoice.Unreadable unreadable,
      EntryTable table)
      throws SystemCallException {
    EntryName name = name(block, at, length);
    if (!choice.wants(name)) {
      return;
    }
    CallMemory memory = CallMemory.ofThisThread();
    long address = block.address() + at;
    long result = Status.ofEntry(folder, address, memory);
    if (result < 0) {
      unreadable.failed(name, (int) -result);
      return;
    }
    MemorySegment statx = memory.structure();
    int mode = statx.get(ValueLayout.JAVA_SHORT, 28) & 0xFFFF;
    if (choice.wants(name, FileType.ofMode(mode))) {
      table.add(block, at, length, statx, AttributeCalls.listBytes(folder, address));
    }
  }

  private static void visit(Descriptor folder, Visitor visitor) throws SystemCallException {
    Described described = folder.described();
    int number = folder.number();
    SystemCallException.check(
        Kernel.call(SystemCall.LSEEK, number, 0, 0), SystemCall.LSEEK, described);
    MemorySegment block = CallMemory.ofThisThread().names();
    while (true) {
      long filled =
          Kernel.call(SystemCall.GETDENTS64, number, block.address(), CallMemory.NAMES_BYTES);
      SystemCallException.check(filled, SystemCall.GETDENTS64, described);
      if (filled == 0) {
        return;
      }
      for (long at = 0; at < filled; ) {
        int record = block.get(ValueLayout.JAVA_SHORT, at + LENGTH_AT) & 0xFFFF;
        int length = length(block, at + NAME_AT);
        if (!isDots(block, at + NAME_AT, length)) {
          visitor.name(block, at + NAME_AT, length);
        }
        at += record;
      }
    }
  }

  private static int length(MemorySegment block, long start) {
    int length = 0;
    while (block.get(ValueLayout.JAVA_BYTE, start + length) != 0) {
      length++;
    }
    return length;
  }

  private static EntryName name(MemorySegment block, long start, int length) {
    byte[] name = new byte[length];
    MemorySegment.copy(block, ValueLayout.JAVA_BYTE, start, name, 0, length);
    return EntryName.of(name);
  }

  private static boolean isDots(MemorySegment block, long at, int length) {
    return length <= 2
        && block.get(ValueLayout.JAVA_BYTE, at) == '.'
        && (length == 1 || block.get(ValueLayout.JAVA_BYTE, at + 1) == '.');
  }
}
