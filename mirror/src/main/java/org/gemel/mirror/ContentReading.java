package org.gemel.mirror;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hashing;
import org.gemel.mirror.system.FilePiece;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file, alone or side by side with another, in stripes that any threads may read in any
 * order.
 *
 * <p>Two files are compared byte by byte: they are both here, so a hash could only be weaker. The
 * hash is for the certificate: XXH3 with 128 bits of a file of one stripe, and of the stripes'
 * hashes one after the other for a longer one; the stripe's length is part of that definition.
 */
final class ContentReading {
  static final long STRIPE = 64L * 1024 * 1024;
  static final int HASH_BYTES = 16;

  private static final ThreadLocal<byte[]> HEAP_PIECE =
      ThreadLocal.withInitial(() -> new byte[FilePiece.BYTES]);

  private final OpenFile one;
  private final @Nullable OpenFile other;
  private final long size;
  private final Pace pace;
  private final byte @Nullable [] hashes;
  private volatile boolean alike = true;

  /**
   * @param other null to read one file only
   * @param size what both have
   */
  ContentReading(OpenFile one, @Nullable OpenFile other, long size, Pace pace, boolean hash) {
    this.one = one;
    this.other = other;
    this.size = size;
    this.pace = pace;
    this.hashes = hash ? new byte[Math.toIntExact(stripes(size) * HASH_BYTES)] : null;
  }

  /** How many stripes a file of a size has; one if it is empty. */
  static long stripes(long size) {
    return Math.max(1, Math.ceilDiv(size, STRIPE));
  }

  /**
   * Reads a stripe; stops early once the files are known to differ.
   *
   * @return how many bytes were read of the first file
   */
  long read(long stripe) throws SystemCallException {
    FilePiece first = FilePiece.firstOfThisThread();
    HashStream128 stream = hashes == null ? null : Hashing.xxh3_128().hashStream();
    long begin = stripe * STRIPE;
    long end = Math.min(size, begin + STRIPE);
    long at = begin;
    while (at < end && alike) {
      int wanted = (int) Math.min(FilePiece.BYTES, end - at);
      pace.await(other == null ? wanted : 2 * wanted);
      int length = first.read(one, at, wanted);
      if (length < wanted || (other != null && !isSame(first, other, at, wanted))) {
        alike = false;
      }
      if (stream != null) {
        byte[] piece = HEAP_PIECE.get();
        stream.putBytes(piece, 0, first.copyTo(piece));
      }
      at += length;
    }
    if (stream != null && hashes != null) {
      byte[] hash = stream.get().toByteArray();
      System.arraycopy(hash, 0, hashes, Math.toIntExact(stripe * HASH_BYTES), HASH_BYTES);
    }
    return at - begin;
  }

  private static boolean isSame(FilePiece first, OpenFile other, long at, int wanted)
      throws SystemCallException {
    FilePiece second = FilePiece.secondOfThisThread();
    second.read(other, at, wanted);
    return first.isSameAs(second);
  }

  /** Whether all that was read is the same on both sides, and as long as it should be. */
  boolean isAlike() {
    return alike;
  }

  /** The hash of the whole; asked once all stripes were read. */
  byte[] hash() {
    if (hashes == null) {
      throw new IllegalStateException("found no hashes, wanted a reading that makes them");
    }
    return hashes.length == HASH_BYTES
        ? hashes.clone()
        : Hashing.xxh3_128().hashStream().putBytes(hashes).get().toByteArray();
  }
}
