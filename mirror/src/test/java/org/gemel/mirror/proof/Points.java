package org.gemel.mirror.proof;

import java.util.Random;

/**
 * At which calls of a pass something happens: at all of them with {@code -Dgemel.test.points=all},
 * else at every so-many-th from one drawn anew each time, so that runs together reach all.
 */
record Points(long first, long step) {
  static Points ofProperty(String test, int usualStep) {
    boolean all = "all".equals(System.getProperty("gemel.test.points"));
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    Points points =
        all ? new Points(1, 1) : new Points(1 + new Random(seed).nextInt(usualStep), usualStep);
    System.out.println(test + ": -Dgemel.seed=" + seed + ", " + points);
    return points;
  }

  long after(long point) {
    return point + step;
  }
}
