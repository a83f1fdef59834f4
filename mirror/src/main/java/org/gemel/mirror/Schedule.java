package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.gemel.config.DurationText;

/**
 * When a profile's passes begin by themselves. Knows no clock: what is now and what has been is
 * said by who asks.
 */
public sealed interface Schedule {
  /**
   * The time of the next pass; one that is overdue is due now. Empty if none begins by itself.
   *
   * @param now never earlier than what has been, unless the clock was set back
   */
  Optional<Instant> nextAfter(Past past, Instant now);

  /** As people write it in a profile, such as {@code every 30m}. */
  String words();

  /**
   * What has been.
   *
   * @param since when mirroring began; what was due before then is not made up for
   * @param begun when the last pass began, if there was one
   * @param ended when that pass ended; empty while it is at work
   */
  record Past(Instant since, Optional<Instant> begun, Optional<Instant> ended) {
    /** No pass yet. */
    public static Past nothing(Instant since) {
      return new Past(since, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Again and again, from begin to begin. A pass that outlasts its interval is followed by one next
   * pass, not several.
   */
  record Every(Duration interval) implements Schedule {
    public Every {
      requireLength(interval);
    }

    @Override
    public Optional<Instant> nextAfter(Past past, Instant now) {
      return Optional.of(soonest(past.begun().map(begun -> begun.plus(interval)), interval, now));
    }

    @Override
    public String words() {
      return "every " + DurationText.format(interval);
    }
  }

  /**
   * All the time: changes are followed as they happen. Where nothing tells of changes, each pass is
   * followed by the next.
   *
   * @param safetyScan how often the whole tree is looked at although changes are followed, for what
   *     was never told
   */
  record Continuous(Duration safetyScan) implements Schedule {
    /** Between passes that nothing asked for, so that an idle tree does not keep a disk busy. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** The safety scan unless a profile says otherwise. */
    static final Duration DAILY = Duration.ofHours(24);

    public Continuous {
      requireLength(safetyScan);
    }

    @Override
    public Optional<Instant> nextAfter(Past past, Instant now) {
      if (past.begun().isPresent() && past.ended().isEmpty()) {
        return Optional.of(now.plus(PAUSE));
      }
      return Optional.of(soonest(past.ended().map(ended -> ended.plus(PAUSE)), PAUSE, now));
    }

    /** When the whole tree is to be looked at next, given when it last was. */
    Instant nextScan(Optional<Instant> lastScan, Instant now) {
      return soonest(lastScan.map(begun -> begun.plus(safetyScan)), safetyScan, now);
    }

    @Override
    public String words() {
      return safetyScan.equals(DAILY)
          ? "continuous"
          : "continuous, scan every " + DurationText.format(safetyScan);
    }
  }

  /** At times of day and days; see {@link CronTimes}. */
  record Cron(CronTimes times) implements Schedule {
    @Override
    public Optional<Instant> nextAfter(Past past, Instant now) {
      Instant last = past.begun().orElse(past.since());
      // A clock that was set back: what lies ahead now has not been, whatever was noted.
      Instant from = last.isAfter(now) ? now : last;
      return times.nextAfter(from).map(due -> due.isBefore(now) ? now : due);
    }

    @Override
    public String words() {
      return "cron " + times.text();
    }
  }

  /** Only when somebody asks. */
  record Manual() implements Schedule {
    @Override
    public Optional<Instant> nextAfter(Past past, Instant now) {
      return Optional.empty();
    }

    @Override
    public String words() {
      return "by hand";
    }
  }

  private static Instant soonest(Optional<Instant> planned, Duration latest, Instant now) {
    Instant due = planned.orElse(now);
    // A clock that was set back must not make a profile wait for hours.
    Instant bound = now.plus(latest);
    return due.isBefore(now) ? now : due.isAfter(bound) ? bound : due;
  }

  private static void requireLength(Duration interval) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "found an interval of " + interval + ", wanted one longer than nothing");
    }
  }
}
