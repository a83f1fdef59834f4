package org.gemel.database;

import java.util.OptionalLong;

/**
 * The log a database keeps for the other side. Without a reader it grows until its disk is full, or
 * until a limit at which it is let go of, and with it the way to follow without a copy.
 *
 * @param bytes how much is kept
 * @param room how much may still be written before it is let go of ({@code
 *     max_slot_wal_keep_size}); absent where there is no limit
 * @param read whether somebody is connected and reads
 */
public record KeptLog(long bytes, OptionalLong room, boolean read) {}
