package org.gemel.mirror.link;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The hash of a file's content: of its pieces' places, lengths and XXH3-64 hashes, one after the
 * other. Made from what was read where the file is, and again from what is written where it goes,
 * so nothing on the way can change, lose or move a piece.
 */
final class ContentHash {
  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private final byte[] link = new byte[32];
  private final ByteBuffer view = ByteBuffer.wrap(link).order(ByteOrder.LITTLE_ENDIAN);
  private long value;

  void add(long offset, int length, long hash) {
    view.putLong(0, value);
    view.putLong(8, offset);
    view.putLong(16, length);
    view.putLong(24, hash);
    value = HASHER.hashBytesToLong(link);
  }

  long value() {
    return value;
  }
}
