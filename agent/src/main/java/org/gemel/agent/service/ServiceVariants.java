package org.gemel.agent.service;

import java.nio.file.Path;
import org.gemel.core.Side;

/**
 * The two configurations of a service, one per side.
 *
 * @param active the file the service reads when it starts
 * @param x what the active file holds when the service works with X
 * @param y what the active file holds when the service works with Y
 */
public record ServiceVariants(Path active, Path x, Path y) {
  Path of(Side side) {
    return side == Side.X ? x : y;
  }
}
