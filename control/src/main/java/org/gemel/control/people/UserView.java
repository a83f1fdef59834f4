package org.gemel.control.people;

import java.time.Instant;

/** A user as others may see it: without the password's hash. */
public record UserView(String name, UserRole role, Instant createdAt, Instant passwordSetAt) {}
