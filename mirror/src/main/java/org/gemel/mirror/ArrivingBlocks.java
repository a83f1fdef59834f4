package org.gemel.mirror;

import static org.gemel.mirror.index.BlockHashes.BLOCK;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Blocks that come in pieces, in their order: hashes each whole, and writes what came of it. What
 * did not come of a block is zeros.
 */
final class ArrivingBlocks {
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BLOCK);

  private final BlockDelta delta;
  private final BitSet blocks;
  private final long least;
  private final DataWriter to;
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
  private int current;
  private int filled;
  private boolean still = true;

  /**
   * @param least nothing is written before this place
   */
  ArrivingBlocks(BlockDelta delta, BitSet blocks, long least, DataWriter to) {
    this.delta = delta;
    this.blocks = blocks;
    this.least = least;
    this.to = to;
    this.current = blocks.nextSetBit(0);
  }

  /** Takes the next piece, which lies in the blocks that were asked for. */
  void take(long offset, ByteBuffer piece) throws IOException {
    int start = piece.position();
    for (int at = start; at < piece.limit(); ) {
      long place = offset + at - start;
      finishBefore((int) (place / BLOCK));
      int inBlock = (int) (place % BLOCK);
      int length = Math.min(BLOCK - inBlock, piece.limit() - at);
      hole(inBlock);
      if (inBlock == 0 && length == delta.wanted().length(current)) {
        note(piece, at);
        current = blocks.nextSetBit(current + 1);
      } else {
        block.put(inBlock, piece, at, length);
        filled = inBlock + length;
      }
      at += length;
    }
    long skipped = Math.clamp(least - offset, 0L, piece.limit() - start);
    if (still && skipped < piece.limit() - start) {
      to.write(offset + skipped, piece.position(start + (int) skipped));
    }
  }

  /** Whether all that came is what it was when it was compared. */
  boolean end() throws IOException {
    finishBefore(delta.wanted().count());
    return still;
  }

  private void finishBefore(int next) throws IOException {
    while (current >= 0 && current < next) {
      int length = delta.wanted().length(current);
      hole(length);
      note(block, 0);
      filled = 0;
      current = blocks.nextSetBit(current + 1);
    }
  }

  /** What lies before a place in the current block and did not come is a hole. */
  private void hole(int until) throws IOException {
    if (until > filled) {
      block.put(filled, ZEROS, 0, until - filled);
      long from = Math.max(least, (long) current * BLOCK + filled);
      to.hole(from, Math.max(0, (long) current * BLOCK + until - from));
      filled = until;
    }
  }

  private void note(ByteBuffer piece, int at) {
    still &= delta.note(current, piece, at);
  }
}
