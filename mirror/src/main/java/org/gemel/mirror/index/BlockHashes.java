package org.gemel.mirror.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What a large file's content was: of each block its CRC-32 and its CRC-32C, which together are a
 * CRC of 64 bits. Small blocks, so that a small change is a small transfer; the hashes of 4 GiB are
 * half a MiB.
 *
 * <p>Why CRCs: processors have instructions for them, so that a file is hashed as fast as it can be
 * read, ten times as fast as with XXH3 in a JVM that has just started. Two contents of a block that
 * differ are taken for equal once in 2^64; none that differ within eight bytes are. Neither stands
 * against somebody who wants two blocks to look alike: he would keep the mirror of his own file
 * from being right until the next comparison of contents.
 *
 * <p>Several threads may put hashes of different blocks.
 */
public final class BlockHashes {
  public static final int BLOCK = 64 * 1024;

  /** Beyond this the hashes of one file would take more memory than a pass is to have. */
  public static final long LARGEST_FILE = 256L * 1024 * 1024 * 1024;

  static final int HASH = 8;

  private static final long ZEROS = hash(zeros(), 0, BLOCK);

  private final long size;
  private final long[] hashes;

  /** Those of a file of a size, to be put one after the other. */
  public BlockHashes(long size) {
    this(size, new long[Math.toIntExact(blocks(size))]);
  }

  BlockHashes(long size, long[] hashes) {
    if (size < 0 || hashes.length != blocks(size)) {
      throw new IllegalArgumentException(
          "found " + hashes.length + " hashes, wanted those of " + size + " bytes");
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
    return hashes.length;
  }

  /** How long a block is. */
  public int length(int block) {
    return (int) Math.min(BLOCK, size - (long) block * BLOCK);
  }

  /** Puts the hash of a block that lies in a buffer, whose position stays. */
  public void put(int block, ByteBuffer buffer, int from) {
    hashes[block] = hash(buffer, from, length(block));
  }

  /** Puts the hash of a block that is a hole. */
  public void putZeros(int block) {
    hashes[block] = length(block) == BLOCK ? ZEROS : hash(zeros(), 0, length(block));
  }

  /** Takes a block's hash from others, which have one of the same length. */
  public void put(int block, BlockHashes other) {
    hashes[block] = other.hashes[block];
  }

  /** Whether a block lies in a buffer. */
  public boolean is(int block, ByteBuffer buffer, int from) {
    return hashes[block] == hash(buffer, from, length(block));
  }

  /** Whether both have this block with the same content; a shorter one is another one. */
  public boolean isSame(int block, BlockHashes other) {
    return block < other.count()
        && length(block) == other.length(block)
        && hashes[block] == other.hashes[block];
  }

  /** Whether both are of the same content. */
  public boolean isSame(BlockHashes other) {
    return size == other.size && Arrays.equals(hashes, other.hashes);
  }

  void writeTo(ByteBuffer out) {
    out.asLongBuffer().put(hashes);
    out.position(out.position() + hashes.length * HASH);
  }

  static BlockHashes readFrom(ByteBuffer in, long size) {
    long[] hashes = new long[in.remaining() / HASH];
    in.asLongBuffer().get(hashes);
    return new BlockHashes(size, hashes);
  }

  private static long hash(ByteBuffer buffer, int from, int length) {
    CRC32 one = new CRC32();
    one.update(buffer.slice(from, length));
    CRC32C other = new CRC32C();
    other.update(buffer.slice(from, length));
    return one.getValue() << 32 | other.getValue();
  }

  private static ByteBuffer zeros() {
    return ByteBuffer.allocate(BLOCK);
  }
}
