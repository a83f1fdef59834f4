package org.gemel.mirror;

import java.util.List;

/** Hears what a scrub finds; called within {@link Scrub#step}, by its thread. */
public interface ScrubListener {
  /**
   * Entries that nobody changed lately differ: bit rot, or somebody else's change. To be repaired
   * by a pass with these as {@link Suspects}; names of one file come together.
   */
  void differ(List<Difference> differences);

  /** All was read, once round. */
  default void roundEnded(ScrubState round) {}

  /** The round that ended found nothing, and a comparison after it found both trees equal. */
  default void certified(EqualityCertificate certificate) {}

  /** An entry could not be read; the round goes on. */
  default void failed(Failure failure) {}
}
