package org.gemel.mirror.system;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Names of one folder and what the kernel says of them, many at a time: what it wrote is copied out
 * of its memory once for all of them. Kept by its thread; a folder is done with before the next.
 */
final class EntryBatch {
  private static final int NAMES_BYTES = 64 * 1024;
  private static final int STATX_BYTES = 256;
  private static final int MOST = 256;

  private static final ThreadLocal<EntryBatch> OF_THREAD = ThreadLocal.withInitial(EntryBatch::new);

  private final MemorySegment nameBlock;
  private final MemorySegment statxBlock;
  private final byte[] names = new byte[NAMES_BYTES];
  private final byte[] statx = new byte[MOST * STATX_BYTES];
  private final int[] nameAt = new int[MOST];
  private final int[] nameLength = new int[MOST];
  private final int[] errno = new int[MOST];
  private int size;

  private EntryBatch() {
    Arena arena = Arena.ofAuto();
    nameBlock = arena.allocate(NAMES_BYTES, 8);
    statxBlock = arena.allocate((long) MOST * STATX_BYTES, 8);
  }

  static EntryBatch ofThisThread() {
    EntryBatch batch = OF_THREAD.get();
    batch.size = 0;
    return batch;
  }

  /** Reads the folder's next records into {@link #names()}; returns how many bytes, or an errno. */
  long readNames(int folder) {
    long filled = Kernel.call(SystemCall.GETDENTS64, folder, nameBlock.address(), NAMES_BYTES);
    if (filled > 0) {
      MemorySegment.copy(nameBlock, ValueLayout.JAVA_BYTE, 0, names, 0, (int) filled);
    }
    return filled;
  }

  /** Puts a name that is known to where names are read to. */
  void putName(byte[] name) {
    System.arraycopy(name, 0, names, 0, name.length);
    MemorySegment.copy(name, 0, nameBlock, ValueLayout.JAVA_BYTE, 0, name.length);
    nameBlock.set(ValueLayout.JAVA_BYTE, name.length, (byte) 0);
  }

  /** Where names lie; good until the next are read. */
  byte[] names() {
    return names;
  }

  EntryName name(int at, int length) {
    return EntryName.of(Arrays.copyOfRange(names, at, at + length));
  }

  /** Looks at an entry of the folder; there must be room. */
  void look(int folder, int at, int length) {
    long into = statxBlock.address() + (long) size * STATX_BYTES;
    long result = Status.ofEntry(folder, address(at), into);
    nameAt[size] = at;
    nameLength[size] = length;
    errno[size] = (int) Math.max(0, -result);
    size++;
  }

  boolean isFull() {
    return size == MOST;
  }

  /** Puts what was looked at into a table, but for what is not wanted. */
  void drain(
      int folder,
      EntryChoice choice,
      EntryChoice.Unreadable unreadable,
      boolean attributes,
      EntryTable table)
      throws SystemCallException {
    int all = size;
    size = 0;
    MemorySegment.copy(statxBlock, ValueLayout.JAVA_BYTE, 0, statx, 0, all * STATX_BYTES);
    for (int i = 0; i < all; i++) {
      int at = nameAt[i];
      int length = nameLength[i];
      if (errno[i] != 0) {
        unreadable.failed(name(at, length), errno[i]);
      } else if (choice.wantsAll(names[at])
          || choice.wants(name(at, length), Status.type(statx, i * STATX_BYTES))) {
        int bytes = attributes ? AttributeCalls.listBytes(folder, address(at)) : -1;
        table.add(names, at, length, statx, i * STATX_BYTES, bytes);
      }
    }
  }

  private long address(int at) {
    return nameBlock.address() + at;
  }
}
