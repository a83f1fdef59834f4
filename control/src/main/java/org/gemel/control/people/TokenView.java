package org.gemel.control.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token as others may see it: without its secret. Null times have not come. */
public record TokenView(
    String id,
    String owner,
    UserRole role,
    String purpose,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {}
