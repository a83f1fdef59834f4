package org.gemel.mirror;

import static org.gemel.mirror.index.BlockHashes.BLOCK;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.gemel.mirror.index.BlockHashes;

/**
 * In which blocks a source differs from what the target has. Found by hashing the source once,
 * before anything is written: only then is it known whether it has only grown. Blocks that differ
 * are read again to be written, and must still hash to the same.
 */
abstract class BlockDelta {
  private final BlockHashes wanted;
  private final BitSet changed;
  private final int seen;
  private final boolean onlyGrown;

  /**
   * @param seen the hashes of the source, as far as the target goes
   * @param known what the target has
   * @param size how long the source is
   */
  BlockDelta(BlockHashes seen, BlockHashes known, long size) {
    this.wanted = new BlockHashes(size);
    this.changed = new BitSet(wanted.count());
    boolean beginning = known.size() <= size;
    int compared = 0;
    for (int i = 0; i < wanted.count(); i++) {
      boolean read = i < seen.count() && seen.length(i) == wanted.length(i);
      if (read) {
        wanted.put(i, seen);
        compared = i + 1;
      }
      boolean same = i < seen.count() && seen.isSame(i, known);
      beginning &= same || i >= known.count();
      changed.set(i, !read || !same);
    }
    this.seen = compared;
    this.onlyGrown = beginning && known.size() < size;
  }

  /** Whether the target has all of it, and no more. */
  final boolean isEmpty(BlockHashes known) {
    return changed.isEmpty() && known.size() == wanted.size();
  }

  /** Whether what the target has is a beginning of the source. */
  final boolean onlyGrown() {
    return onlyGrown;
  }

  /** The hashes of the whole source; complete once it was written. */
  final BlockHashes wanted() {
    return wanted;
  }

  /** Told of the parts that are the same, in bytes. */
  interface Part {
    void same(long start, long length) throws IOException;
  }

  /** Goes through what is the same. */
  final void eachSame(Part part) throws IOException {
    for (int from = changed.nextClearBit(0); from < wanted.count(); ) {
      int until = changed.nextSetBit(from);
      until = until < 0 ? wanted.count() : until;
      long start = (long) from * BLOCK;
      part.same(start, Math.min(wanted.size(), (long) until * BLOCK) - start);
      from = changed.nextClearBit(until);
    }
  }

  /** The blocks that differ. */
  final BitSet changed() {
    return changed;
  }

  /**
   * Notes what a block was when it was read to be written.
   *
   * @return false if it is not what it was when it was compared
   */
  final boolean note(int block, ByteBuffer piece, int at) {
    if (block < seen) {
      return wanted.is(block, piece, at);
    }
    wanted.put(block, piece, at);
    return true;
  }

  /**
   * Writes what differs.
   *
   * @param each called before each piece; may throw to end it
   * @return false if the source has changed since it was compared
   */
  abstract boolean write(DataWriter to, Runnable each) throws IOException;

  /**
   * Reads what the target lacks of a source that it is a beginning of.
   *
   * @param from how long the target is
   * @return false if the source ended early
   */
  abstract boolean readRest(long from, Runnable each) throws IOException;

  /** Asked before each piece is appended. */
  interface Check {
    /** Whether what has been read is of one state of the source. */
    boolean isStill() throws IOException;
  }

  /**
   * Appends what the target lacks, in its order: at every instant the target is a beginning of a
   * state the source has had.
   *
   * @param from how long the target is
   * @param known whether the rest has been read before, and must still be the same
   * @return false if the source has changed; what was written before is a beginning all the same
   */
  abstract boolean append(long from, boolean known, DataWriter to, Runnable each, Check check)
      throws IOException;
}
