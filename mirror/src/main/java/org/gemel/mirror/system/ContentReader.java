package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads an open file from its start, or from further on, to its end. */
public final class ContentReader {
  private final Descriptor descriptor;

  public ContentReader(OpenFile file) {
    this.descriptor = file.descriptor();
  }

  /** Goes on from a place in the file, in bytes from its start. */
  public void skip(long to) throws SystemCallException {
    SystemCallException.check(
        Kernel.call(SystemCall.LSEEK, descriptor.number(), to, 0),
        SystemCall.LSEEK,
        descriptor.described());
  }

  /** Fills a buffer as far as the file goes and returns how many bytes that were. */
  public int fill(byte[] buffer) throws SystemCallException {
    MemorySegment block = CallMemory.ofThisThread().block();
    int filled = 0;
    while (filled < buffer.length) {
      int wanted = Math.min(buffer.length - filled, CallMemory.BLOCK_BYTES);
      long read = Kernel.call(SystemCall.READ, descriptor.number(), block.address(), wanted);
      SystemCallException.check(read, SystemCall.READ, descriptor.described());
      if (read == 0) {
        break;
      }
      MemorySegment.copy(block, ValueLayout.JAVA_BYTE, 0, buffer, filled, (int) read);
      filled += (int) read;
    }
    return filled;
  }
}
