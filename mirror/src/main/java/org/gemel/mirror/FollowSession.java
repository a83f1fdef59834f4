package org.gemel.mirror;

import java.time.Instant;
import java.util.Optional;

/** One source that is being followed. One {@link #catchUp} at a time; the rest from any thread. */
public interface FollowSession extends AutoCloseable {
  /**
   * When the oldest change happened that is not mirrored yet, as far as it was heard of; empty
   * while none is known. A change that could not be mirrored stays.
   */
  Optional<Instant> oldestChange();

  /**
   * Mirrors what has changed, on the calling thread.
   *
   * @param whole whether to look at the whole tree instead of only at what was told
   */
  MirrorReport catchUp(boolean whole, MirrorListener listener);

  /** What the changes are heard by, and what is not heard, for a person. */
  default String words() {
    return "changes are told as they happen";
  }

  /** Whether what it hears of is no longer the tree that was meant, so that it must be reopened. */
  default boolean isOver() {
    return false;
  }

  /** Hears no more. No {@link #catchUp} is at work; there is no oldest change any more. */
  @Override
  void close();
}
