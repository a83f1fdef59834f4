package org.gemel.mirror.system;

import org.jspecify.annotations.Nullable;

/**
 * Where a test may stand between this program and the kernel: to let calls fail, come short, or be
 * the last a pass ever makes. Open only in a process started with {@code -Dgemel.test.faults=true},
 * and then only to this package. Everywhere else {@link #POSSIBLE} is a constant {@code false} and
 * compiled away.
 */
final class Faults {
  static final boolean POSSIBLE = Boolean.getBoolean("gemel.test.faults");

  /** Answers a call in the kernel's place; usually by handing it on to the kernel. */
  interface Interception {
    long call(SystemCall call, long a, long b, long c, long d, long e, long f);
  }

  private static volatile @Nullable Interception interception;

  private Faults() {}

  static void intercept(@Nullable Interception wanted) {
    if (!POSSIBLE) {
      throw new IllegalStateException(
          "found no -Dgemel.test.faults=true, wanted it from the start: without it no call is intercepted");
    }
    interception = wanted;
  }

  static long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    Interception now = interception;
    return now == null ? Kernel.enter(call, a, b, c, d, e, f) : now.call(call, a, b, c, d, e, f);
  }
}
