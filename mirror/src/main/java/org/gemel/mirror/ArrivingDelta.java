package org.gemel.mirror;

import static org.gemel.mirror.index.BlockHashes.BLOCK;

import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.FileStatus;

/**
 * What differs in a source elsewhere. It is hashed where it is, and only what differs is asked for;
 * whether it held still is known at its end, which comes before anything gets its name or its time.
 */
final class ArrivingDelta extends BlockDelta {
  private final SourceParts source;

  private ArrivingDelta(SourceParts source, BlockHashes seen, BlockHashes known, long size) {
    super(seen, known, size);
    this.source = source;
  }

  /** All of it, of a source of which nothing is there. */
  static BlockDelta all(SourceParts source, long size) {
    return new ArrivingDelta(source, new BlockHashes(0), new BlockHashes(0), size);
  }

  /** As of a source on this machine. */
  static Optional<BlockDelta> find(
      SourceParts source, FileStatus status, BlockHashes known, long most) throws IOException {
    BlockHashes seen = new BlockHashes(Math.min(status.size(), known.size()));
    if (seen.count() > 0 && !source.hash(seen)) {
      return Optional.empty();
    }
    long differing = 0;
    for (int i = 0; i < seen.count(); i++) {
      differing += seen.isSame(i, known) ? 0 : 1;
    }
    if (differing > most) {
      return Optional.empty();
    }
    BlockDelta delta = new ArrivingDelta(source, seen, known, status.size());
    if (delta.isEmpty(known)) {
      source.end();
    }
    return Optional.of(delta);
  }

  @Override
  boolean write(DataWriter to, Runnable each) throws IOException {
    return bring(changed(), 0, to, each);
  }

  /** Only a source on this machine is read while it grows. */
  @Override
  boolean readRest(long from, Runnable each) {
    return false;
  }

  @Override
  boolean append(long from, boolean known, DataWriter to, Runnable each, Check check)
      throws IOException {
    BitSet rest = new BitSet();
    rest.set((int) (from / BLOCK), wanted().count());
    return bring(rest, from, to, each);
  }

  private boolean bring(BitSet blocks, long least, DataWriter to, Runnable each)
      throws IOException {
    ArrivingBlocks arriving = new ArrivingBlocks(this, blocks, least, to);
    boolean all =
        source.bring(
            blocks,
            (offset, piece) -> {
              each.run();
              arriving.take(offset, piece);
            });
    if (!all || !arriving.end()) {
      return false;
    }
    source.end();
    return source.isStill();
  }
}
