package org.gemel.control.api;

import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * Database replication overall.
 *
 * @param state running, copying, failed, stopped or unknown
 * @param from the main side where it runs, else null
 * @param lagSeconds how long what main writes takes to be seen on the backup, measured by a row
 *     that comes over, exact to about the time between two reports; null unknown
 * @param suspect why it is doubted although it says it runs; null where it is not
 */
public record ReplicationStatus(
    Lamp lamp,
    String state,
    @Nullable Side from,
    String words,
    @Nullable Double lagSeconds,
    @Nullable String suspect) {}
