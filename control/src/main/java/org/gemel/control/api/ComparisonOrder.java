package org.gemel.control.api;

/**
 * How the databases are to be compared.
 *
 * @param rowsPerSecond at most; 0 as fast as it goes
 * @param percentOfTime so much of its time it reads, 1 to 100; 0 as the agent's file says
 * @param anew from the beginning, and not on with one that was cut off
 */
public record ComparisonOrder(int rowsPerSecond, int percentOfTime, boolean anew) {
  /** As the agent's file says. */
  public static final ComparisonOrder STANDARD = new ComparisonOrder(0, 0, false);

  public ComparisonOrder {
    if (rowsPerSecond < 0 || percentOfTime < 0 || percentOfTime > 100) {
      throw new IllegalArgumentException(
          "found %d rows a second and %d %% of the time, wanted no less than 0, and at most 100 %%"
              .formatted(rowsPerSecond, percentOfTime));
    }
  }
}
