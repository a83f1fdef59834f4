package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import org.gemel.core.Side;

/**
 * A pass that has ended, as the history keeps it.
 *
 * @param from the side that was imposed on the other
 * @param words how it went, in one sentence for a person
 */
public record EndedPass(
    String profile,
    Side from,
    Instant begun,
    Instant ended,
    MirrorReport.Outcome outcome,
    Counts counts,
    String words) {

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
