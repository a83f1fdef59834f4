package org.gemel.mirror.link;

import java.util.Optional;
import org.gemel.mirror.Refusal;

/**
 * Says whether a pass from elsewhere may write to a volume. It is asked before the pass and for
 * every batch of it, so an answer must come at once: a late writer of an old main is refused in the
 * middle, too, and then ends between files.
 */
@FunctionalInterface
public interface VolumeGuard {
  /** Lets every pass write. */
  VolumeGuard NONE = (volume, origin) -> Optional.empty();

  /** Why it may not write now; empty if it may. */
  Optional<Refusal> refusal(String volume, PassOrigin origin);
}
