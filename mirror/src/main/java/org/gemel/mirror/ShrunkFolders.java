package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Folders that a pass found without most of what they held, and since when. Handed from one pass to
 * the next by whoever runs several; a source that is being filled, or whose storage is just coming
 * up, looks so for a moment.
 *
 * @param since when each was first seen so, by its path as text
 */
public record ShrunkFolders(Map<String, Instant> since) {
  public static final ShrunkFolders NONE = new ShrunkFolders(Map.of());

  /** How far apart it has to be seen twice. */
  static final Duration BETWEEN = Duration.ofSeconds(60);

  /** A folder with less than this is not looked at. */
  static final int LEAST_ENTRIES = 100;

  private static final int MOST = 10_000;

  public ShrunkFolders {
    since = Map.copyOf(since);
  }

  /** Whether a folder has lost so much that it has to be seen twice. */
  static boolean isShrunk(long lost, long held) {
    return held >= LEAST_ENTRIES && lost * 2 > held;
  }

  /** What is to be remembered after a pass that saw these. */
  ShrunkFolders after(Iterable<String> seen, Instant now) {
    Map<String, Instant> next = new HashMap<>();
    for (String each : seen) {
      if (next.size() < MOST) {
        next.put(each, since.getOrDefault(each, now));
      }
    }
    return new ShrunkFolders(next);
  }

  /** Whether a folder was seen so long enough ago. */
  boolean isConfirmed(String folder, Instant now) {
    Instant first = since.get(folder);
    return first != null && !first.plus(BETWEEN).isAfter(now);
  }
}
