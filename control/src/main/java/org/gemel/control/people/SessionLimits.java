package org.gemel.control.people;

import java.time.Duration;

/**
 * How long a browser stays logged in.
 *
 * @param idle without any request; an open page counts as none
 * @param absolute at most, whatever it does
 */
public record SessionLimits(Duration idle, Duration absolute) {
  /** A shift with its handover; at the latest a week. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(Duration.ofHours(12), Duration.ofDays(7));
}
