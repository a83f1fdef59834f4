package org.gemel.mirror.link;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers the frames of one direction and gives each a check (XXH3-64) over its header, its number
 * and its content, begun with a key. So a frame that is damaged, missing, repeated or of another
 * connection is found. It keeps out accidents and strangers, not somebody who can both read and
 * change what is on the wire: that takes TLS.
 */
final class FrameSeal {
  private static final Hasher64 CONTENT = Hashing.xxh3_64();

  /** Arrays are hashed several times faster than buffers until all is compiled at its best. */
  private static final ThreadLocal<byte[]> COPY =
      ThreadLocal.withInitial(() -> new byte[64 * 1024]);

  private final byte[] sealed = new byte[40];
  private final ByteBuffer sealedView = ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN);
  private final Hasher64 keyed;
  private long number;

  FrameSeal(long key) {
    this.keyed = Hashing.xxh3_64(key);
  }

  /** The hash of what lies between two places of a buffer, within its limit. */
  static long contentHash(ByteBuffer buffer, int from, int length) {
    byte[] copy = COPY.get();
    if (copy.length < length) {
      copy = new byte[Connection.LARGEST];
      COPY.set(copy);
    }
    buffer.get(from, copy, 0, length);
    return CONTENT.hashBytesToLong(copy, 0, length);
  }

  /** The check of the next frame. */
  long next(long one, long two, long three, long content) {
    sealedView.putLong(0, one);
    sealedView.putLong(8, two);
    sealedView.putLong(16, three);
    sealedView.putLong(24, number++);
    sealedView.putLong(32, content);
    return keyed.hashBytesToLong(sealed);
  }
}
