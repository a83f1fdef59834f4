package org.gemel.mirror.proof;

import java.util.Random;

/**
 * At which calls of a pass something happens: at all of them with {@code -Dgemel.test.points=all},
 * else at every so-many-th from one drawn anew each time, so that runs together reach all.
 */
record Points(long first, long step) {
  static Points ofProperty(String test, int usualStep) {
    return ofProperty(test, usualStep, 1);
  }

  static Points ofProperty(String test, int usualStep, int stepForAll) {
    boolean all = "all".equals(System.getProperty("gemel.test.points"));
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    int step = all ? stepForAll : usualStep;
    Points points = new Points(1 + new Random(seed).nextInt(step), step);
    System.out.println(test + ": -Dgemel.seed=" + seed + ", " + points);
    return points;
  }

  long after(long point) {
    return point + step;
  }
}
