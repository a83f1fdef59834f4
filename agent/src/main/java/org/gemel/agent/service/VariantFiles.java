package org.gemel.agent.service;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.gemel.core.Side;

/** Reads which side a configuration points at. */
final class VariantFiles {
  private VariantFiles() {}

  /**
   * The side whose variant the active file equals, byte for byte. Empty if it equals neither or
   * both, or cannot be read: then nobody knows what the service would work with.
   */
  static Optional<Side> pointsAt(ServiceVariants variants) {
    try {
      boolean x = Files.mismatch(variants.active(), variants.x()) < 0;
      boolean y = Files.mismatch(variants.active(), variants.y()) < 0;
      return x == y ? Optional.empty() : Optional.of(x ? Side.X : Side.Y);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
