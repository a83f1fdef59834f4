package org.gemel.mirror;

import java.time.Duration;

/**
 * How much a salvage area may hold.
 *
 * @param size what lies in it at most
 * @param age how long it lies there at most
 * @param leastFree what has to be free on its volume: as long as less is, salvage goes
 */
public record SalvageLimits(VolumeShare size, Duration age, VolumeShare leastFree) {
  public static final SalvageLimits DEFAULT =
      new SalvageLimits(VolumeShare.percent(10), Duration.ofDays(30), VolumeShare.percent(10));

  public SalvageLimits {
    if (age.isNegative()) {
      throw new IllegalArgumentException("found the age " + age + ", wanted none below zero");
    }
  }
}
