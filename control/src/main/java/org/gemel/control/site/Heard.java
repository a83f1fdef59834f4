package org.gemel.control.site;

import java.time.Instant;
import org.gemel.wire.protocol.Report;

/**
 * The last that was heard of a device.
 *
 * @param connected whether its stream is open now
 */
public record Heard(Report report, Instant at, boolean connected) {}
