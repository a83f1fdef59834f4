package org.gemel.demo.supervisor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A child at one moment.
 *
 * @param pid process id while running, else null
 * @param since when this state began
 * @param restarts how often it was started again
 * @param lastEnd how the process before this state ended, in words; null if none has
 */
public record ChildStatus(
    String name,
    ChildState state,
    @Nullable Long pid,
    Instant since,
    int restarts,
    @Nullable String lastEnd) {}
