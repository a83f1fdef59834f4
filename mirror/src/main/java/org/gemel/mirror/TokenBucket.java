package org.gemel.mirror;

/**
 * Says when bytes may be moved so that no more than a rate is, whoever asks: each taker is given
 * the time when those before it and its own bytes will have been paid for. Over any span at most
 * rate × span and one bucket are let through; the bucket holds a tenth of a second, so that a pause
 * is not followed by a rush.
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
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "found a rate of " + bytesPerSecond + " bytes a second, wanted more than none");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.paidUntil = now - BUCKET;
  }

  /** How many bytes a full bucket lets through at once; at least one. */
  long holds() {
    return Math.ceilDiv(bytesPerSecond, SECOND / BUCKET);
  }

  /** Takes bytes; returns from when on they may be moved. */
  synchronized long take(long bytes, long now) {
    if (paidUntil - (now - BUCKET) < 0) {
      paidUntil = now - BUCKET;
    }
    paidUntil += Math.ceilDiv(Math.multiplyExact(bytes, SECOND), bytesPerSecond);
    return paidUntil;
  }
}
