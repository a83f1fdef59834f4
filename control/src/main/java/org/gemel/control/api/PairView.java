package org.gemel.control.api;

import java.time.Instant;

/** A system pair as it was defined: the storage system named first became main. */
public record PairView(String name, String x, String y, Instant createdAt) {}
