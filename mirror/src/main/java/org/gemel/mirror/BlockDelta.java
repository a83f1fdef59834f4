package org.gemel.mirror;

import static org.gemel.mirror.index.BlockHashes.BLOCK;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;

/**
 * In which blocks a source differs from what the target has. Found by reading the source once,
 * before anything is written: only then is it known whether it has only grown. Blocks that differ
 * are read again to be written, and must still hash to the same.
 */
final class BlockDelta {
  private static final int UNIT = BlockReader.STRIPE / BLOCK;
  private static final int PIECE = BlockReader.PIECE / BLOCK;

  private final OpenFile source;
  private final BlockHashes wanted;
  private final BitSet changed;
  private final int seen;
  private final boolean onlyGrown;
  private final int threads;

  private BlockDelta(OpenFile source, BlockHashes seen, BlockHashes known, long size, int threads) {
    this.source = source;
    this.threads = threads;
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

  /**
   * Reads a source as far as the target goes.
   *
   * @param known what the target has
   * @param most in how many blocks they may differ
   * @return nothing if so much differs that a copy costs no more, or if the source ended early
   */
  static Optional<BlockDelta> find(
      OpenFile source,
      FileStatus status,
      BlockHashes known,
      long most,
      int threads,
      Runnable allowStop)
      throws IOException {
    BlockHashes seen = new BlockHashes(Math.min(status.size(), known.size()));
    AtomicLong differing = new AtomicLong();
    boolean whole =
        new BlockReader(source, status, threads, allowStop)
            .read(
                seen,
                (offset, piece) -> {
                  int first = (int) (offset / BLOCK);
                  for (int i = 0; i * BLOCK < piece.limit(); i++) {
                    if (!seen.isSame(first + i, known)) {
                      differing.incrementAndGet();
                    }
                  }
                  return differing.get() <= most;
                });
    return whole
        ? Optional.of(new BlockDelta(source, seen, known, status.size(), threads))
        : Optional.empty();
  }

  /** Whether the target has all of it, and no more. */
  boolean isEmpty(BlockHashes known) {
    return changed.isEmpty() && known.size() == wanted.size();
  }

  /** Whether what the target has is a beginning of the source. */
  boolean onlyGrown() {
    return onlyGrown;
  }

  /** The hashes of the whole source; complete once it was written. */
  BlockHashes wanted() {
    return wanted;
  }

  /** Told of the parts that are the same, in bytes. */
  interface Part {
    void same(long start, long length) throws IOException;
  }

  /** Goes through what is the same. */
  void eachSame(Part part) throws IOException {
    for (int from = changed.nextClearBit(0); from < wanted.count(); ) {
      int until = changed.nextSetBit(from);
      until = until < 0 ? wanted.count() : until;
      long start = (long) from * BLOCK;
      part.same(start, Math.min(wanted.size(), (long) until * BLOCK) - start);
      from = changed.nextClearBit(until);
    }
  }

  /**
   * Writes what differs.
   *
   * @param each called before each piece; may throw to end it
   * @return false if the source has changed since it was compared
   */
  boolean write(DataWriter to, Runnable each) throws IOException {
    AtomicBoolean still = new AtomicBoolean(true);
    FileContent content = new FileContent(source);
    Stripes.run(
        threads,
        Math.ceilDiv(wanted.count(), UNIT),
        unit -> {
          int end = (int) Math.min(wanted.count(), (unit + 1) * UNIT);
          int from = changed.nextSetBit((int) unit * UNIT);
          while (from >= 0 && from < end && still.get()) {
            each.run();
            int until = Math.min(Math.min(end, from + PIECE), changed.nextClearBit(from));
            if (!write(content, from, until, to)) {
              still.set(false);
            }
            from = changed.nextSetBit(until);
          }
        });
    return still.get();
  }

  private boolean write(FileContent content, int from, int until, DataWriter to)
      throws IOException {
    long start = (long) from * BLOCK;
    int length = (int) (Math.min(wanted.size(), (long) until * BLOCK) - start);
    ByteBuffer piece = BlockReader.read(content, start, length);
    if (piece.remaining() < length) {
      return false;
    }
    for (int block = from; block < until; block++) {
      int at = (block - from) * BLOCK;
      if (block >= seen) {
        wanted.put(block, piece, at);
      } else if (!wanted.is(block, piece, at)) {
        return false;
      }
    }
    to.write(start, piece);
    return true;
  }

  /**
   * Reads what the target lacks of a source that it is a beginning of.
   *
   * @param from how long the target is
   * @return false if the source ended early
   */
  boolean readRest(long from, Runnable each) throws IOException {
    FileContent content = new FileContent(source);
    for (long at = from / BLOCK * BLOCK; at < wanted.size(); at += BlockReader.PIECE) {
      each.run();
      int length = (int) Math.min(BlockReader.PIECE, wanted.size() - at);
      ByteBuffer piece = BlockReader.read(content, at, length);
      if (piece.remaining() < length) {
        return false;
      }
      hash(at, piece);
    }
    return true;
  }

  private void hash(long at, ByteBuffer piece) {
    for (int i = 0; i * BLOCK < piece.limit(); i++) {
      wanted.put((int) (at / BLOCK) + i, piece, i * BLOCK);
    }
  }

  private boolean isWanted(long at, ByteBuffer piece) {
    boolean same = true;
    for (int i = 0; i * BLOCK < piece.limit(); i++) {
      same &= wanted.is((int) (at / BLOCK) + i, piece, i * BLOCK);
    }
    return same;
  }

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
  boolean append(long from, boolean known, DataWriter to, Runnable each, Check check)
      throws IOException {
    FileContent content = new FileContent(source);
    for (long at = from / BLOCK * BLOCK; at < wanted.size(); at += BlockReader.PIECE) {
      each.run();
      int length = (int) Math.min(BlockReader.PIECE, wanted.size() - at);
      ByteBuffer piece = BlockReader.read(content, at, length);
      if (piece.remaining() < length || !(known ? isWanted(at, piece) : check.isStill())) {
        return false;
      }
      if (!known) {
        hash(at, piece);
      }
      piece.position((int) Math.max(0, from - at));
      to.write(Math.max(from, at), piece);
    }
    return true;
  }
}
