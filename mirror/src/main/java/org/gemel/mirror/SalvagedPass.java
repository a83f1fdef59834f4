package org.gemel.mirror;

import java.time.Instant;

/**
 * What one pass has put into a salvage area.
 *
 * @param name of its folder there
 * @param begun when the pass began
 * @param bytes of storage
 * @param entries files, links and folders
 * @param partial whether the limits have taken a part of it
 */
public record SalvagedPass(String name, Instant begun, long bytes, long entries, boolean partial) {}
