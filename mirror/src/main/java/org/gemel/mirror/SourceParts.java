package org.gemel.mirror;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.gemel.mirror.index.BlockHashes;

/**
 * A large file elsewhere, of which no more is brought than is asked for. Asked by one thread;
 * nothing can be asked once it has ended.
 */
public interface SourceParts {
  /** Takes a piece; what lies between two of them, within the blocks asked for, is zeros. */
  @FunctionalInterface
  interface Taker {
    void take(long offset, ByteBuffer piece) throws IOException;
  }

  /**
   * Has the blocks of its beginning hashed where it is.
   *
   * @return false if it has changed
   */
  boolean hash(BlockHashes into) throws IOException;

  /**
   * Brings blocks. Their pieces come in the order of their places, none twice.
   *
   * @return false if it has changed
   */
  boolean bring(BitSet blocks, Taker taker) throws IOException;

  /** Ends it; after that it is known whether it held still all the while. */
  void end() throws IOException;

  /** False as soon as it is known to have changed. */
  boolean isStill();
}
