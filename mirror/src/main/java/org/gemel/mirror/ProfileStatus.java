package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a profile stands.
 *
 * @param passSince when the pass that is at work began
 * @param at what that pass has got to, for a person
 * @param lastPass the last ended pass' report
 * @param lastSuccess when the last pass began after which the target equalled the source
 * @param lastFailure why the last pass was no success, in words; empty after a success
 * @param nextDue when the next pass begins by itself; empty when stopped or by hand only
 * @param lag how old the source's state is that the target is known to hold; empty if there was no
 *     success yet
 */
public record ProfileStatus(
    String profile,
    Optional<Instant> passSince,
    String at,
    Optional<MirrorReport> lastPass,
    Optional<Instant> lastSuccess,
    Optional<String> lastFailure,
    Optional<Instant> nextDue,
    Optional<Duration> lag) {}
