package org.gemel.mirror.index;

import com.dynatrace.hash4j.hashing.ByteAccess;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a large file's content was: of each block an XXH3 hash of 128 bits. Small blocks, so that a
 * small change is a small transfer; the hashes of 4 GiB are 1 MiB.
 *
 * <p>Several threads may put hashes of different blocks.
 */
public final class BlockHashes {
  public static final int BLOCK = 64 * 1024;

  /** Beyond this the hashes of one file would take more memory than a pass is to have. */
  public static final long LARGEST_FILE = 256L * 1024 * 1024 * 1024;

  static final int HASH = 16;

  private static final Hasher128 HASHER = Hashing.xxh3_128();
  private static final ByteAccess<ByteBuffer> ACCESS =
      ByteAccess.forByteBuffer(ByteOrder.LITTLE_ENDIAN);
  private static final byte[] ZEROS = hash(zeros(), 0, BLOCK);

  private final long size;
  private final byte[] hashes;

  /** Those of a file of a size, to be put one after the other. */
  public BlockHashes(long size) {
    this(size, new byte[Math.toIntExact(blocks(size) * HASH)]);
  }

  BlockHashes(long size, byte[] hashes) {
    if (size < 0 || hashes.length != blocks(size) * HASH) {
      throw new IllegalArgumentException(
          "found " + hashes.length + " bytes of hashes, wanted those of " + size + " bytes");
    }
    this.size = size;
    this.hashes = hashes;
  }

  /** How many blocks a file of a size has; the last may be shorter. */
  public static long blocks(long size) {
    return Math.ceilDiv(size, BLOCK);
  }

  /** How many bytes they are of. */
  public long size() {
    return size;
  }

  public int count() {
    return hashes.length / HASH;
  }

  /** How long a block is. */
  public int length(int block) {
    return (int) Math.min(BLOCK, size - (long) block * BLOCK);
  }

  /** Puts the hash of a block that lies in a little-endian direct buffer. */
  public void put(int block, ByteBuffer buffer, int from) {
    System.arraycopy(hash(buffer, from, length(block)), 0, hashes, block * HASH, HASH);
  }

  /** Puts the hash of a block that is a hole. */
  public void putZeros(int block) {
    byte[] hash = length(block) == BLOCK ? ZEROS : hash(zeros(), 0, length(block));
    System.arraycopy(hash, 0, hashes, block * HASH, HASH);
  }

  /** Takes a block's hash from others, which have one of the same length. */
  public void put(int block, BlockHashes other) {
    System.arraycopy(other.hashes, block * HASH, hashes, block * HASH, HASH);
  }

  /** Whether a block lies in a buffer. */
  public boolean is(int block, ByteBuffer buffer, int from) {
    byte[] found = hash(buffer, from, length(block));
    return Arrays.equals(found, 0, HASH, hashes, block * HASH, block * HASH + HASH);
  }

  /** Whether both have this block with the same content; a shorter one is another one. */
  public boolean isSame(int block, BlockHashes other) {
    int at = block * HASH;
    return block < other.count()
        && length(block) == other.length(block)
        && Arrays.equals(hashes, at, at + HASH, other.hashes, at, at + HASH);
  }

  /** The hashes as bytes: do not change them. */
  byte[] bytes() {
    return hashes;
  }

  private static byte[] hash(ByteBuffer buffer, int from, int length) {
    HashValue128 hash = HASHER.hashBytesTo128Bits(buffer, from, length, ACCESS);
    return hash.toByteArray();
  }

  private static ByteBuffer zeros() {
    return ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
  }
}
