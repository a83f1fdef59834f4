package org.gemel.control.api;

import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * Database replication overall.
 *
 * @param state running, copying, failed, stopped or unknown
 * @param from the main side where it runs, else null
 */
public record ReplicationStatus(Lamp lamp, String state, @Nullable Side from, String words) {}
