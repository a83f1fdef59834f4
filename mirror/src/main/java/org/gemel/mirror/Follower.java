package org.gemel.mirror;

import java.util.Optional;

/** Follows the changes of sources as they happen. */
@FunctionalInterface
public interface Follower {
  /** Follows nothing. */
  Follower NONE = (request, changed) -> Optional.empty();

  /**
   * Begins to hear of changes in the source. What changes after this has returned is heard of; what
   * was changed before is found by the first whole {@link FollowSession#catchUp}.
   *
   * @param changed runs soon after a change, on any thread; comes back at once
   * @return empty where the source tells of no changes, such as on a network mount
   */
  Optional<FollowSession> open(MirrorRequest request, Runnable changed);
}
