package org.gemel.control.api;

import java.time.Instant;

/** Who did what, when, and what came of it. Entries are only ever added. */
public record AuditEntry(long number, Instant at, String who, String what, String outcome) {}
