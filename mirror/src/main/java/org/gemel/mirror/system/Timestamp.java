package org.gemel.mirror.system;

/** A file system's time: seconds since 1970 (may be negative) and nanoseconds, 0 to 999,999,999. */
public record Timestamp(long seconds, int nanos) {}
