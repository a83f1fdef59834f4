package org.gemel.mirror;

/**
 * Says when bytes may be read so that all readers together keep to a rate: each is told to wait
 * until those before it are paid for. What was not used is not saved up beyond a tenth of a second,
 * so that a pause is not followed by a rush.
 */
final class ReadingRate {
  private static final long SECOND = 1_000_000_000L;
  private static final long SAVED = SECOND / 10;

  private final long bytesPerSecond;
  private long paidUntil;

  /**
   * @param now in nanoseconds of any clock that only goes on
   */
  ReadingRate(long bytesPerSecond, long now) {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "found a rate of " + bytesPerSecond + " bytes a second, wanted more than none");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.paidUntil = now - SAVED;
  }

  /** Takes bytes, as many as a piece has; returns from when on the next may be read. */
  synchronized long take(int bytes, long now) {
    paidUntil = Math.max(paidUntil, now - SAVED) + Math.ceilDiv(bytes * SECOND, bytesPerSecond);
    return paidUntil;
  }
}
