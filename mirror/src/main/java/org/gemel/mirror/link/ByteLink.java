package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A two-way stream of bytes to a peer. One thread may read while another writes; closing ends both.
 */
interface ByteLink extends AutoCloseable {
  /** Sends all that is left in a direct buffer. */
  void write(ByteBuffer from) throws IOException;

  /**
   * Fills a direct buffer.
   *
   * @throws java.io.EOFException if the peer closed before it was full
   */
  void readFully(ByteBuffer into) throws IOException;

  @Override
  void close();
}
