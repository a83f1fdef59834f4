package org.gemel.mirror;

import static org.gemel.mirror.index.BlockHashes.BLOCK;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;

/** What differs in a source on this machine, read by several threads. */
final class LocalDelta extends BlockDelta {
  private static final int UNIT = BlockReader.STRIPE / BLOCK;
  private static final int PIECE = BlockReader.PIECE / BLOCK;

  private final OpenFile source;
  private final BlockHashes known;
  private final int threads;

  private LocalDelta(OpenFile source, BlockHashes seen, BlockHashes known, long size, int threads) {
    super(seen, known, size);
    this.source = source;
    this.known = known;
    this.threads = threads;
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
        ? Optional.of(new LocalDelta(source, seen, known, status.size(), threads))
        : Optional.empty();
  }

  @Override
  boolean write(DataWriter to, Runnable each) throws IOException {
    AtomicBoolean still = new AtomicBoolean(true);
    FileContent content = new FileContent(source);
    Stripes.run(
        threads,
        Math.ceilDiv(wanted().count(), UNIT),
        unit -> {
          int end = (int) Math.min(wanted().count(), (unit + 1) * UNIT);
          int from = changed().nextSetBit((int) unit * UNIT);
          while (from >= 0 && from < end && still.get()) {
            each.run();
            int until = Math.min(Math.min(end, from + PIECE), changed().nextClearBit(from));
            if (!write(content, from, until, to)) {
              still.set(false);
            }
            from = changed().nextSetBit(until);
          }
        });
    return still.get();
  }

  private boolean write(FileContent content, int from, int until, DataWriter to)
      throws IOException {
    long start = (long) from * BLOCK;
    int length = (int) (Math.min(wanted().size(), (long) until * BLOCK) - start);
    ByteBuffer piece = BlockReader.read(content, start, length);
    if (piece.remaining() < length) {
      return false;
    }
    for (int block = from; block < until; block++) {
      int at = (block - from) * BLOCK;
      if (!note(block, piece, at)) {
        return false;
      }
    }
    to.write(start, piece);
    return true;
  }

  @Override
  boolean readRest(long from, Runnable each) throws IOException {
    FileContent content = new FileContent(source);
    for (long at = from / BLOCK * BLOCK; at < wanted().size(); at += BlockReader.PIECE) {
      each.run();
      int length = (int) Math.min(BlockReader.PIECE, wanted().size() - at);
      ByteBuffer piece = BlockReader.read(content, at, length);
      if (piece.remaining() < length || !goesOn(at, from, piece)) {
        return false;
      }
      hash(at, piece);
    }
    return true;
  }

  /** Whether a block that the target has the beginning of still begins like that. */
  private boolean goesOn(long at, long from, ByteBuffer piece) {
    return at >= from || known.is((int) (at / BLOCK), piece, 0);
  }

  private void hash(long at, ByteBuffer piece) {
    for (int i = 0; i * BLOCK < piece.limit(); i++) {
      wanted().put((int) (at / BLOCK) + i, piece, i * BLOCK);
    }
  }

  private boolean isWanted(long at, ByteBuffer piece) {
    boolean same = true;
    for (int i = 0; i * BLOCK < piece.limit(); i++) {
      same &= wanted().is((int) (at / BLOCK) + i, piece, i * BLOCK);
    }
    return same;
  }

  @Override
  boolean append(long from, boolean known, DataWriter to, Runnable each, Check check)
      throws IOException {
    FileContent content = new FileContent(source);
    for (long at = from / BLOCK * BLOCK; at < wanted().size(); at += BlockReader.PIECE) {
      each.run();
      int length = (int) Math.min(BlockReader.PIECE, wanted().size() - at);
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
