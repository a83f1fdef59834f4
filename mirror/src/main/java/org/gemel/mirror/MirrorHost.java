package org.gemel.mirror;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a {@link FolderMirror} needs of the program it lives in.
 *
 * @param executor runs the passes, each on one of its threads, and the ticks between them; needs
 *     two threads more than there are profiles. Not shut down by the mirror.
 * @param guard asked before and during every pass
 * @param history told of every pass that has ended
 * @param follower follows continuous profiles; where it cannot, pass follows pass
 * @param passesAtOnce how many passes by schedule may be at work together
 */
public record MirrorHost(
    InstantSource clock,
    ScheduledExecutorService executor,
    PassGuard guard,
    PassHistory history,
    Follower follower,
    int passesAtOnce) {
  /** So many passes keep one disk busy while another one waits for its network. */
  public static final int PASSES_AT_ONCE = 2;

  /** The plainest host: every pass may run, nothing is kept, nothing is followed. */
  public static MirrorHost of(InstantSource clock, ScheduledExecutorService executor) {
    return new MirrorHost(
        clock, executor, PassGuard.NONE, PassHistory.NONE, Follower.NONE, PASSES_AT_ONCE);
  }

  public MirrorHost withGuard(PassGuard asked) {
    return new MirrorHost(clock, executor, asked, history, follower, passesAtOnce);
  }

  public MirrorHost withHistory(PassHistory kept) {
    return new MirrorHost(clock, executor, guard, kept, follower, passesAtOnce);
  }

  public MirrorHost withFollower(Follower following) {
    return new MirrorHost(clock, executor, guard, history, following, passesAtOnce);
  }

  public MirrorHost withPassesAtOnce(int most) {
    return new MirrorHost(clock, executor, guard, history, follower, most);
  }
}
