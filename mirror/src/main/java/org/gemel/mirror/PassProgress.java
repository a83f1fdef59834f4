package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the pass at work has got.
 *
 * @param since when it began
 * @param files files and symbolic links seen so far
 * @param bytesMoved bytes of content written so far
 * @param bytesPerSecond of content, over the last seconds
 * @param at the entry it has got to, for a person
 * @param left until its end, if it goes on like this; empty where no earlier pass tells how many
 *     files there are
 */
public record PassProgress(
    Instant since,
    long files,
    long bytesMoved,
    long bytesPerSecond,
    String at,
    Optional<Duration> left) {}
