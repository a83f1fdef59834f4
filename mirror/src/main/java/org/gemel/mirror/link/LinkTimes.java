package org.gemel.mirror.link;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How a link tells time.
 *
 * @param nanoTime a clock in nanoseconds that only goes on
 * @param beat how often each end shows that it lives
 * @param silence after how long without a sign the other end is given up
 * @param greeting how long a caller may take to prove who it is and say what it wants
 */
public record LinkTimes(LongSupplier nanoTime, Duration beat, Duration silence, Duration greeting) {
  public static final LinkTimes USUAL =
      new LinkTimes(
          System::nanoTime, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(30));

  public LinkTimes {
    if (beat.isNegative() || beat.isZero() || silence.compareTo(beat.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "found a beat of "
              + beat
              + " and a silence of "
              + silence
              + ", wanted the silence to be two beats or more");
    }
  }
}
