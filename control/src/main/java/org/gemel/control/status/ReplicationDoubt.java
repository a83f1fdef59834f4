package org.gemel.control.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.gemel.control.site.Reality;
import org.gemel.core.Side;
import org.gemel.wire.protocol.DatabaseState;
import org.jspecify.annotations.Nullable;

/**
 * Whether replication that says it runs is to be doubted: what main has does not come to be seen on
 * the backup. Looked at again and again, for one look cannot tell late from never.
 *
 * <p>Three signs: the row by which the delay is measured stands still there while main goes on
 * writing it; the counts differ by much for long; the backup's count stands still while main's
 * moves. Counts that are older say nothing new.
 */
public final class ReplicationDoubt {
  /** So long a thing may be late without being doubted. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Counts older than this say nothing of now; a large table is not counted often. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final long FEW_ROWS = 10;
  private static final int HUNDREDTH = 100;

  /** Since when something has been so, while it is; the values are those it had then. */
  private record Standing(Instant since, long main, long backup) {}

  private @Nullable Side from;
  private @Nullable Standing canary;
  private @Nullable Standing count;
  private @Nullable Instant apartSince;
  private @Nullable String countWords; // of the last fresh counts
  private @Nullable String words;

  /** One look; returns whether anything has changed for those who read {@link #words}. */
  public synchronized boolean look(Reality reality) {
    String before = words;
    Optional<Side> runs = ReplicationStatuses.runsFrom(reality);
    if (runs.isEmpty()) {
      forget(null);
    } else {
      if (runs.get() != from) {
        forget(runs.get());
      }
      judge(
          reality.site().now(),
          reality.database(runs.get()).orElseThrow(),
          reality.database(runs.get().other()).orElseThrow());
    }
    return !Objects.equals(before, words);
  }

  /** Why it is doubted, a sentence; empty where it is not. */
  public synchronized Optional<String> words() {
    return Optional.ofNullable(words);
  }

  private void forget(@Nullable Side side) {
    from = side;
    canary = null;
    count = null;
    apartSince = null;
    countWords = null;
    words = null;
  }

  private void judge(Instant now, DatabaseState main, DatabaseState backup) {
    canary = standing(canary, now, main.getCanaryMilliseconds(), backup.getCanaryMilliseconds(), 0);
    if (isFresh(main) && isFresh(backup)) {
      count = standing(count, now, main.getAssets(), backup.getAssets(), -1);
      if (!isApart(main.getAssets(), backup.getAssets())) {
        apartSince = null;
      } else if (apartSince == null) {
        apartSince = now;
      }
      countWords = countSentence(now, main, backup);
    }
    words = canarySentence(now, main);
    if (words == null) {
      words = countWords;
    }
  }

  private static @Nullable Standing standing(
      @Nullable Standing before, Instant now, long main, long backup, long unknown) {
    if (main == unknown || backup == unknown || main == backup) {
      return null;
    }
    return before != null && before.backup() == backup ? before : new Standing(now, main, backup);
  }

  private static boolean isFresh(DatabaseState database) {
    return database.getAssetsAgeMilliseconds() <= FRESH.toMillis();
  }

  private static boolean isApart(long main, long backup) {
    return main >= 0
        && backup >= 0
        && Math.abs(main - backup) > Math.max(FEW_ROWS, main / HUNDREDTH);
  }

  private @Nullable String canarySentence(Instant now, DatabaseState main) {
    Side there = Objects.requireNonNull(from).other();
    if (canary != null && isOld(canary, now, main.getCanaryMilliseconds())) {
      return "%s has shown nothing new for %d s, while %s goes on writing"
          .formatted(there, seconds(canary.since(), now), from);
    }
    return null;
  }

  private @Nullable String countSentence(Instant now, DatabaseState main, DatabaseState backup) {
    Side there = Objects.requireNonNull(from).other();
    if (count != null && isOld(count, now, main.getAssets())) {
      return "the count of %s has stood at %d for %d s, while that of %s moved from %d to %d"
          .formatted(
              there,
              backup.getAssets(),
              seconds(count.since(), now),
              from,
              count.main(),
              main.getAssets());
    }
    if (apartSince != null && isLong(apartSince, now)) {
      return "%s counts %d and %s %d, for %d s now"
          .formatted(from, main.getAssets(), there, backup.getAssets(), seconds(apartSince, now));
    }
    return null;
  }

  /** Main moved since, and the backup did not. */
  private static boolean isOld(Standing standing, Instant now, long main) {
    return standing.main() != main && isLong(standing.since(), now);
  }

  private static boolean isLong(Instant since, Instant now) {
    return Duration.between(since, now).compareTo(PATIENCE) >= 0;
  }

  private static long seconds(Instant since, Instant now) {
    return Duration.between(since, now).toSeconds();
  }
}
