package org.gemel.database;

import java.util.Map;

/**
 * What was read of a log, without letting go of it.
 *
 * @param upTo where it ends
 * @param more whether the log goes on
 */
record Peeked(Map<String, ChangedTable> tables, WalPosition upTo, boolean more) {}
