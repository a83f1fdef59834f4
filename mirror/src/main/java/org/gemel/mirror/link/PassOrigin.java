package org.gemel.mirror.link;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who wants to write to a volume.
 *
 * @param peer the name in its certificate; empty where it showed the secret
 * @param epoch the role epoch it acts in, where it has one
 */
public record PassOrigin(Optional<String> peer, OptionalLong epoch) {}
