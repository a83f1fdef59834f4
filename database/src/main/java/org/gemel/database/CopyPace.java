package org.gemel.database;

import java.time.Duration;

/**
 * How fast a copy may be, and in what portions.
 *
 * @param streams that copy at one time, each with a connection to either server
 * @param partBytes a table is copied in parts of about this size, each of which is a transaction;
 *     of a table with at least a fourth of it, the indexes are built when all rows are here
 * @param answers how long either server may not answer until the copy is given up
 */
public record CopyPace(int streams, long partBytes, Duration answers) {
  private static final int MOST_BY_DEFAULT = 4;
  // Worth a commit, and small enough that all streams end at about one time.
  private static final long PART_BYTES = 96L << 20;
  private static final Duration ANSWERS = Duration.ofSeconds(30);

  public CopyPace {
    if (streams < 1 || partBytes < 1) {
      throw new IllegalArgumentException(
          "found a copy of "
              + streams
              + " streams and parts of "
              + partBytes
              + " bytes, wanted at"
              + " least 1 of each: correct the setting");
    }
  }

  CopyPace(int streams, long partBytes) {
    this(streams, partBytes, ANSWERS);
  }

  /** As many streams as this host has processors, at most 4. */
  public static CopyPace standard() {
    return of(Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().availableProcessors()));
  }

  /** So many streams. */
  public static CopyPace of(int streams) {
    return new CopyPace(streams, PART_BYTES, ANSWERS);
  }

  long largeTableBytes() {
    return Math.max(1, partBytes / 4);
  }
}
