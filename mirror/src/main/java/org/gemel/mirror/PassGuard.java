package org.gemel.mirror;

import java.util.Optional;
import org.gemel.core.Side;

/**
 * Says whether a pass from a side may run. It is asked before each pass, and often while one is at
 * work, so an answer must come at once; a pass that is refused on its way ends between files.
 */
@FunctionalInterface
public interface PassGuard {
  /** Lets every pass run. */
  PassGuard NONE = main -> Optional.empty();

  /** Why no pass from this side may run now; empty if it may. */
  Optional<Refusal> refusal(Side main);

  /** Which stretch of the sides' roles a pass from here belongs to, for certificates. */
  default Optional<String> epoch(Side main) {
    return Optional.empty();
  }

  /**
   * The same as it stands at this moment: asked once before each pass and each batch of followed
   * changes, where an answer that was true a moment ago would let one write too many through.
   */
  default Optional<Refusal> refusalNow(Side main) {
    return refusal(main);
  }
}
