package org.gemel.bench.database;

import java.io.IOException;
import java.time.Duration;

/**
 * One planned change of roles, as a steady client saw it. The client must be writing before the
 * order and again after the end before anything is counted: a gap that is still open has no length,
 * and the worst change would look like the best one.
 *
 * @param secondsWithoutWrite the longest time between two acknowledgements around the change
 * @param seconds from the order until the next one may begin
 */
public record MeasuredChange(double secondsWithoutWrite, double seconds) {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /**
   * Orders a change and waits until the client is back.
   *
   * @param steady how long the client writes in peace before and after
   */
  public static MeasuredChange of(SwitchedPair pair, Acknowledged acknowledged, Duration steady)
      throws IOException, InterruptedException {
    return of(pair, acknowledged, steady, LONGEST);
  }

  static MeasuredChange of(
      SwitchedPair pair, Acknowledged acknowledged, Duration steady, Duration longest)
      throws IOException, InterruptedException {
    long peace = System.nanoTime();
    Thread.sleep(steady);
    require(pair, acknowledged, peace, longest, "before the roles are changed");
    long began = System.nanoTime();
    pair.change();
    long ended = System.nanoTime();
    require(pair, acknowledged, ended, longest, "after the roles were changed");
    double without = acknowledged.longestGap(began, ended);
    Thread.sleep(steady);
    return new MeasuredChange(without, (ended - began) / 1e9);
  }

  private static void require(
      SwitchedPair pair, Acknowledged acknowledged, long since, Duration longest, String when)
      throws IOException, InterruptedException {
    if (!acknowledged.awaitSince(since, longest)) {
      throw new IOException(
          "found that the client of %s has no write acknowledged within %d s %s, wanted one: its servers' own words are in the scratch folder"
              .formatted(pair.name(), longest.toSeconds(), when));
    }
  }
}
