package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a profile's passes begin by themselves. */
public sealed interface Schedule {
  /**
   * The time of the next pass; empty if none begins by itself.
   *
   * @param lastBegun when the last pass began, if there was one
   */
  Optional<Instant> nextAfter(Optional<Instant> lastBegun, Instant now);

  /**
   * Again and again, from begin to begin. A pass that outlasts its interval is followed by one next
   * pass, not several.
   */
  record Every(Duration interval) implements Schedule {
    public Every {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException(
            "found an interval of " + interval + ", wanted one longer than nothing");
      }
    }

    @Override
    public Optional<Instant> nextAfter(Optional<Instant> lastBegun, Instant now) {
      Instant due = lastBegun.map(begun -> begun.plus(interval)).orElse(now);
      // A clock that was set back must not make a profile wait for hours.
      Instant latest = now.plus(interval);
      return Optional.of(due.isBefore(now) ? now : due.isAfter(latest) ? latest : due);
    }
  }

  /** Only when somebody asks. */
  record Manual() implements Schedule {
    @Override
    public Optional<Instant> nextAfter(Optional<Instant> lastBegun, Instant now) {
      return Optional.empty();
    }
  }
}
