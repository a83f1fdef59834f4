package org.gemel.mirror.link;

/**
 * Says when bytes may be sent so that no more than a rate goes out, whoever asks: each taker is
 * given the time when those before it will have been paid for. Over any span from a full bucket at
 * most rate × span and one bucket are sent; the bucket holds a tenth of a second.
 */
final class TokenBucket {
  private static final long SECOND = 1_000_000_000L;
  private static final long BUCKET = SECOND / 10;

  private final long bytesPerSecond;
  private long paidUntil;

  /**
   * @param now in nanoseconds of any clock that only goes on
   */
  TokenBucket(long bytesPerSecond, long now) {
    this.bytesPerSecond = bytesPerSecond;
    this.paidUntil = now - BUCKET;
  }

  /** Takes bytes; returns from when on they may be sent. */
  synchronized long take(long bytes, long now) {
    if (paidUntil < now - BUCKET) {
      paidUntil = now - BUCKET;
    }
    paidUntil += Math.ceilDiv(Math.multiplyExact(bytes, SECOND), bytesPerSecond);
    return paidUntil;
  }
}
