package org.gemel.bench.tree;

import java.util.SplittableRandom;

/**
 * Bytes that nothing can compress and that are the same in every run of the bench: each file has
 * its own number, from which its content follows.
 */
final class Noise {
  private static final long SEED = 0x47454d454cL;

  private Noise() {}

  static SplittableRandom of(long number) {
    return new SplittableRandom(SEED * 31 + number);
  }

  static byte[] bytes(long number, int length) {
    byte[] bytes = new byte[length];
    of(number).nextBytes(bytes);
    return bytes;
  }
}
