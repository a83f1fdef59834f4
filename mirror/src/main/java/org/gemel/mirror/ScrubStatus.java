package org.gemel.mirror;

import java.util.Optional;

/**
 * How the comparison of a profile's content stands.
 *
 * @param plan in words, such as {@code every 1d}
 * @param current the round under way
 * @param last the round that ended last
 * @param certificate the last that was made of equality, in this direction
 * @param trouble why it does not go on, or what it could not do; empty if all is well
 */
public record ScrubStatus(
    String plan,
    Optional<ScrubRound> current,
    Optional<ScrubRound> last,
    Optional<EqualityCertificate> certificate,
    Optional<String> trouble) {}
