package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.gemel.core.Side;

/**
 * A pass that has ended, as the history keeps it.
 *
 * @param from the side that was imposed on the other
 * @param words how it went, in one sentence for a person
 * @param scrubbed of a pass that only made equal what a scrub had found: how many entries that were
 */
public record EndedPass(
    String profile,
    Side from,
    Instant begun,
    Instant ended,
    MirrorReport.Outcome outcome,
    Counts counts,
    String words,
    Optional<Long> scrubbed) {

  /** A pass that looked for what changed. */
  public EndedPass(
      String profile,
      Side from,
      Instant begun,
      Instant ended,
      MirrorReport.Outcome outcome,
      Counts counts,
      String words) {
    this(profile, from, begun, ended, outcome, counts, words, Optional.empty());
  }

  static EndedPass of(
      String profile, Side from, Instant begun, Instant ended, MirrorReport report) {
    return new EndedPass(
        profile, from, begun, ended, report.outcome(), report.counts(), report.summary());
  }

  /** Whether the target equalled the source afterwards, as that was read. */
  public boolean equal() {
    return outcome == MirrorReport.Outcome.COMPLETE;
  }

  public Duration took() {
    return Duration.between(begun, ended);
  }
}
