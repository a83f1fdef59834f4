package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.gemel.mirror.Schedule.Continuous;
import org.gemel.mirror.Schedule.Past;

/** When one profile's passes were, and what follows from that. Knows no clock. */
final class PassTimes {
  /**
   * After a whole pass that was no success, while changes are followed: soon enough for a disk that
   * was full, seldom enough for a refusal that a person must see to.
   */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final Schedule schedule;
  private Past past;
  private Optional<Instant> lastWhole = Optional.empty();
  private boolean lastWholeEqual;
  private boolean wholeAtWork;
  private boolean lastEqual = true;
  private Optional<Instant> lastSuccess = Optional.empty();

  PassTimes(Schedule schedule, Instant since) {
    this.schedule = schedule;
    this.past = Past.nothing(since);
  }

  void begun(Instant now, boolean whole) {
    past = new Past(past.since(), Optional.of(now), Optional.empty());
    wholeAtWork = whole;
    if (whole) {
      lastWhole = Optional.of(now);
    }
  }

  /**
   * The pass has ended.
   *
   * @param equal whether the target now equals the source
   */
  void ended(Instant now, boolean equal) {
    past = new Past(past.since(), past.begun(), Optional.of(now));
    lastEqual = equal;
    lastWholeEqual = wholeAtWork ? equal : lastWholeEqual;
    if (lastWholeEqual && equal) {
      lastSuccess = past.begun();
    }
  }

  void forget(Instant now) {
    past = Past.nothing(now);
    lastWhole = Optional.empty();
    lastWholeEqual = false;
    lastEqual = true;
    lastSuccess = Optional.empty();
  }

  /**
   * A success of which only the history still tells. Whether a time was missed since then counts.
   */
  void remember(Instant success) {
    past = Past.nothing(success.isBefore(past.since()) ? success : past.since());
    lastSuccess = Optional.of(success);
  }

  Optional<Instant> next(Instant now) {
    return schedule.nextAfter(past, now);
  }

  Optional<Instant> lastSuccess() {
    return lastSuccess;
  }

  /** While changes are followed: when the whole tree is looked at all the same. */
  Optional<Instant> nextScan(Instant now) {
    if (!(schedule instanceof Continuous continuous)) {
      return Optional.empty();
    }
    return Optional.of(
        lastWholeEqual || lastWhole.isEmpty()
            ? continuous.nextScan(lastWhole, now)
            : lastWhole.get().plus(RETRY));
  }

  /** While changes are followed: whether they are due. What fails is not tried without a rest. */
  boolean changesDue(Optional<Instant> oldestChange, Instant now) {
    boolean resting =
        !lastEqual
            && past.ended().map(ended -> ended.plus(Continuous.PAUSE).isAfter(now)).orElse(false);
    return oldestChange.isPresent() && !resting;
  }

  /** Whether the target holds all there was but for changes that were told. */
  boolean holdsTheRest() {
    return lastWholeEqual;
  }
}
