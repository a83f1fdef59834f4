package org.gemel.mirror;

import static org.gemel.mirror.index.BlockHashes.BLOCK;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;

/**
 * Reads a large file once, on several threads, and hashes its blocks. It is read and not mapped: a
 * mapped file that is cut off meanwhile takes the process with it.
 */
final class BlockReader {
  /** What one read asks for: stays in the processor's cache until it is hashed and written. */
  static final int PIECE = 4 * BLOCK;

  /** What one thread takes on at a time. */
  static final int STRIPE = 16 * BLOCK;

  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(PIECE));

  private final FileContent content;
  private final boolean sparse;
  private final int threads;
  private final Runnable allowStop;

  BlockReader(OpenFile file, FileStatus status, int threads, Runnable allowStop) {
    this.content = new FileContent(file);
    this.sparse = status.allocated() < status.size();
    this.threads = threads;
    this.allowStop = allowStop;
  }

  /** Told of each piece that is no hole, by any thread and in any order. */
  interface Taker {
    /**
     * Takes a piece whose blocks have been hashed.
     *
     * @return false if nothing more is wanted
     */
    boolean take(long offset, ByteBuffer piece) throws IOException;
  }

  /**
   * Reads the file from its start as far as hashes are wanted.
   *
   * @return false if the taker had enough, or the file ended before
   */
  boolean read(BlockHashes into, Taker taker) throws IOException {
    AtomicBoolean whole = new AtomicBoolean(true);
    Stripes.run(
        threads,
        Math.ceilDiv(into.size(), STRIPE),
        stripe -> {
          long end = Math.min(into.size(), (stripe + 1) * STRIPE);
          for (long at = stripe * STRIPE; at < end && whole.get(); at += PIECE) {
            allowStop.run();
            if (!piece(at, (int) Math.min(PIECE, end - at), into, taker)) {
              whole.set(false);
            }
          }
        });
    return whole.get();
  }

  private boolean piece(long at, int length, BlockHashes into, Taker taker) throws IOException {
    int first = (int) (at / BLOCK);
    if (sparse && isHole(at, length)) {
      for (int i = 0; i * BLOCK < length; i++) {
        into.putZeros(first + i);
      }
      return true;
    }
    ByteBuffer piece = read(content, at, length);
    if (piece.remaining() < length) {
      return false;
    }
    for (int i = 0; i * BLOCK < length; i++) {
      into.put(first + i, piece, i * BLOCK);
    }
    return taker.take(at, piece);
  }

  private boolean isHole(long at, int length) throws IOException {
    long data = content.nextData(at);
    return data < 0 || data >= at + length;
  }

  /** Reads a piece to this thread's own memory, where it is until the next. */
  static ByteBuffer read(FileContent from, long at, int length) throws IOException {
    ByteBuffer buffer = BUFFER.get().clear().limit(length);
    from.read(at, buffer);
    return buffer.flip();
  }
}
