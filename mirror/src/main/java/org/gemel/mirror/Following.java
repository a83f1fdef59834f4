package org.gemel.mirror;

import java.time.Instant;
import java.util.Optional;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * One profile's changes, if they are followed. Opened and closed by the thread that holds the
 * profile's turn; looked at by any.
 */
final class Following {
  private final FolderProfile profile;
  private final Follower follower;
  private final Runnable changed;
  private volatile @Nullable FollowSession session;
  private volatile @Nullable Side from;

  /**
   * @param changed runs soon after a change
   */
  Following(FolderProfile profile, Follower follower, Runnable changed) {
    this.profile = profile;
    this.follower = follower;
    this.changed = changed;
  }

  /** The session in this direction, opened if the profile wants one and there is none. */
  Optional<FollowSession> open(Side main) {
    if (isOver()) {
      close();
    }
    if (session == null && profile.schedule() instanceof Schedule.Continuous) {
      session = follower.open(profile.request(main), changed).orElse(null);
      from = main;
    }
    return current(main);
  }

  /** The session in this direction, if one is open. */
  Optional<FollowSession> current(Side main) {
    return from == main ? Optional.ofNullable(session) : Optional.empty();
  }

  /** How the changes are heard of; empty if the profile does not ask for that. */
  Optional<String> words() {
    FollowSession open = session;
    if (!(profile.schedule() instanceof Schedule.Continuous) || from == null) {
      return Optional.empty();
    }
    return Optional.of(
        open == null ? "no changes are heard of in this tree: pass follows pass" : open.words());
  }

  /** Whether the tree that was followed has gone; the next session knows nothing of this one's. */
  boolean isOver() {
    FollowSession open = session;
    return open != null && open.isOver();
  }

  boolean isOn() {
    return session != null;
  }

  Optional<Instant> oldestChange(Instant now) {
    FollowSession open = session;
    try {
      return open == null ? Optional.empty() : open.oldestChange();
    } catch (RuntimeException e) {
      // What cannot be told may have changed; the pass that is due then says what is wrong.
      return Optional.of(now);
    }
  }

  void close() {
    FollowSession open = session;
    session = null;
    from = null;
    if (open != null) {
      open.close();
    }
  }
}
