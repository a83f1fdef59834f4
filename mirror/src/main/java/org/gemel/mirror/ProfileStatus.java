package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a profile stands.
 *
 * @param schedule in words
 * @param pausedSince since when no pass begins by itself
 * @param waiting whether a pass is due and waits for those of other profiles
 * @param atWork the pass that is at work
 * @param lastPass the last that ended
 * @param lastSuccess when the last pass began after which the target equalled the source
 * @param lastFailure why the last pass was no success, in words; empty after a success
 * @param nextDue when the next pass over the whole tree begins by itself; empty when stopped,
 *     paused or by hand only
 * @param following whether changes are followed as they happen
 * @param followedBy how changes are heard of, in words; empty if the profile does not ask for that,
 *     or none has been looked for yet
 * @param caughtUp whether they are, and all that were told are mirrored
 * @param behindSince when the oldest change may have happened that the target does not hold, unless
 *     it is caught up; empty if there was no success yet
 * @param scrub how the comparison of its content stands, if that is wanted
 */
public record ProfileStatus(
    String profile,
    String schedule,
    Optional<Instant> pausedSince,
    boolean waiting,
    Optional<PassProgress> atWork,
    Optional<EndedPass> lastPass,
    Optional<Instant> lastSuccess,
    Optional<String> lastFailure,
    Optional<Instant> nextDue,
    boolean following,
    Optional<String> followedBy,
    boolean caughtUp,
    Optional<Instant> behindSince,
    Optional<ScrubStatus> scrub) {

  /** How old the oldest change is that the target may not hold; empty if that is not known. */
  public Optional<Duration> lag(Instant now) {
    return caughtUp
        ? Optional.of(Duration.ZERO)
        : behindSince.map(
            since -> since.isAfter(now) ? Duration.ZERO : Duration.between(since, now));
  }
}
