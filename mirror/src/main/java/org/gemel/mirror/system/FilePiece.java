package org.gemel.mirror.system;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A piece of a file's content, read to memory outside the heap. Each thread has two, so that pieces
 * of two files are compared where they lie.
 */
public final class FilePiece {
  public static final int BYTES = 512 * 1024;

  private static final int DO_NOT_NEED = 4;
  private static final ThreadLocal<FilePiece> FIRST = ThreadLocal.withInitial(FilePiece::new);
  private static final ThreadLocal<FilePiece> SECOND = ThreadLocal.withInitial(FilePiece::new);

  private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, 4096);
  private int length;

  private FilePiece() {}

  public static FilePiece firstOfThisThread() {
    return FIRST.get();
  }

  public static FilePiece secondOfThisThread() {
    return SECOND.get();
  }

  /**
   * Reads from an offset on; the descriptor's own place is not used, so several threads may read
   * one file.
   *
   * @return how many bytes that were: fewer than wanted only at the file's end
   */
  public int read(OpenFile file, long offset, int wanted) throws SystemCallException {
    Descriptor descriptor = file.descriptor();
    length = 0;
    while (length < Math.min(wanted, BYTES)) {
      long read =
          SystemCallException.check(
              Kernel.call(
                  SystemCall.PREAD64,
                  descriptor.number(),
                  memory.address() + length,
                  Math.min(wanted, BYTES) - length,
                  offset + length),
              SystemCall.PREAD64,
              descriptor.described());
      if (read == 0) {
        break;
      }
      length += (int) read;
    }
    return length;
  }

  /** Whether another piece holds the same bytes. */
  public boolean isSameAs(FilePiece other) {
    return length == other.length
        && MemorySegment.mismatch(memory, 0, length, other.memory, 0, length) == -1;
  }

  /** Copies what was read to the heap and returns how many bytes that were. */
  public int copyTo(byte[] into) {
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, into, 0, length);
    return length;
  }

  /**
   * Asks the kernel to drop what it holds of a file in memory, so that the next read comes from the
   * storage. Only a request: what is being written stays.
   */
  public static void dropCached(OpenFile file) {
    Kernel.call(SystemCall.FADVISE64, file.descriptor().number(), 0, 0, DO_NOT_NEED);
  }
}
