package org.gemel.mirror.link;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.OpenFile;

/** Compares pieces that come in with a file here; what lies between pieces must be zeros. */
final class ContentMatch {
  private static final int BLOCK = 256 * 1024;

  private final FileContent here;
  private final Runnable allowStop;
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
  private long next;
  private boolean same = true;

  ContentMatch(OpenFile file, Runnable allowStop) {
    this.here = new FileContent(file);
    this.allowStop = allowStop;
  }

  void piece(long offset, ByteBuffer piece) throws IOException {
    allowStop.run();
    zeros(offset);
    MemorySegment wanted = MemorySegment.ofBuffer(piece);
    for (long at = 0; same && at < wanted.byteSize(); ) {
      int length = (int) Math.min(BLOCK, wanted.byteSize() - at);
      same =
          here.read(offset + at, block.clear().limit(length)) == length
              && MemorySegment.ofBuffer(block.flip()).mismatch(wanted.asSlice(at, length)) < 0;
      at += length;
    }
    next = offset + wanted.byteSize();
  }

  /** Whether all was the same, and the file here is no longer. */
  boolean endsAt(long size) throws IOException {
    zeros(size);
    return same && here.read(size, block.clear().limit(1)) == 0;
  }

  private void zeros(long until) throws IOException {
    while (same && next < until) {
      int length = (int) Math.min(BLOCK, until - next);
      same = here.read(next, block.clear().limit(length)) == length && isZero(block.flip());
      next += length;
    }
  }

  private static boolean isZero(ByteBuffer found) {
    while (found.hasRemaining()) {
      if (found.get() != 0) {
        return false;
      }
    }
    return true;
  }
}
