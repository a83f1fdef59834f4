package org.gemel.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.gemel.core.Side;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** One profile's passes, one at a time, and what is known of them. */
final class ProfilePasses {
  /** What a pass looks at. */
  enum Scope {
    /** What was told to have changed; it is little, so it waits for no other profile. */
    CHANGES,
    /** The whole tree. */
    WHOLE
  }

  private final FolderProfile profile;
  private final MirrorHost host;
  private final Following following;
  private final PassTimes times;
  private final ReentrantLock atWork = new ReentrantLock();

  private @Nullable ProgressMeter meter;
  private Optional<EndedPass> lastPass = Optional.empty();
  private Optional<String> broken = Optional.empty();
  private String refusedRepair = "";
  private OptionalLong filesExpected = OptionalLong.empty();
  private OptionalLong bytesExpected = OptionalLong.empty();

  /**
   * @param changed runs soon after a change of the source, where changes are followed
   */
  ProfilePasses(FolderProfile profile, MirrorHost host, Runnable changed) {
    this.profile = profile;
    this.host = host;
    this.following = new Following(profile, host.follower(), changed);
    this.times = new PassTimes(profile.schedule(), host.clock().instant());
  }

  FolderProfile profile() {
    return profile;
  }

  /**
   * Waits for a pass at work, then makes one.
   *
   * @param bySchedule whether it belongs to the mirror's running, so that changes are followed from
   *     here on if the profile wants that
   */
  MirrorReport run(Side main, Scope scope, boolean bySchedule, BooleanSupplier stopRequested) {
    atWork.lock();
    try {
      Instant begun = host.clock().instant();
      // A session that is opened anew has heard nothing of what changed before it.
      Scope looked = following.isOver() ? Scope.WHOLE : scope;
      ProgressMeter measured = begin(begun, looked);
      MirrorReport report = guarded(main, looked, bySchedule, measured, stopRequested);
      end(main, scope, begun, report);
      return report;
    } catch (RuntimeException | Error e) {
      // A fault of the engine itself. An executor would keep it to itself, so the status says it.
      breakOff("the pass broke off by a fault of its own: " + e);
      throw e;
    } finally {
      synchronized (this) {
        meter = null;
      }
      atWork.unlock();
    }
  }

  /**
   * Makes equal what a scrub found, once no pass is at work. It is none of the schedule's passes:
   * it says nothing about the rest of the tree.
   */
  MirrorReport repair(Side main, List<Difference> differing, BooleanSupplier stopRequested) {
    atWork.lock();
    try {
      Instant begun = host.clock().instant();
      Optional<Refusal> refusal = host.guard().refusalNow(main);
      MirrorReport report =
          refusal.isPresent()
              ? MirrorReport.refusedUntouched(refusal.get())
              : ScrubRepair.run(
                  profile.request(main),
                  differing,
                  held(),
                  listener(
                      new ProgressMeter(begun, OptionalLong.empty()),
                      () ->
                          stopRequested.getAsBoolean() || host.guard().refusal(main).isPresent()));
      tellRepair(
          new EndedPass(
              profile.name(),
              main,
              begun,
              host.clock().instant(),
              report.outcome(),
              report.counts(),
              ScrubRepair.words(differing, report),
              Optional.of((long) differing.size())));
      return report;
    } finally {
      atWork.unlock();
    }
  }

  /** A refused repair is tried again and again: it is told once. */
  private void tellRepair(EndedPass pass) {
    boolean refused = pass.outcome() == MirrorReport.Outcome.REFUSED;
    if (!refused || !pass.words().equals(refusedRepair)) {
      host.history().ended(pass);
    }
    refusedRepair = refused ? pass.words() : "";
  }

  /**
   * Up to when the target is known to hold what the source had; empty if no pass has ended equal.
   */
  synchronized Optional<Instant> mirroredUntil(Instant now) {
    return following.isOn() && times.holdsTheRest()
        ? Optional.of(following.oldestChange(now).orElse(now))
        : times.lastSuccess();
  }

  /** What both sides held when they were last equal. */
  private synchronized Extent held() {
    long files = filesExpected.orElse(0);
    return new Extent(files, files, bytesExpected.orElse(0));
  }

  /** How much the tree holds, as the last pass found it. */
  synchronized OptionalLong bytesExpected() {
    return bytesExpected;
  }

  private MirrorReport guarded(
      Side main, Scope scope, boolean bySchedule, ProgressMeter measured, BooleanSupplier stop) {
    Optional<Refusal> refusal = host.guard().refusalNow(main);
    if (refusal.isPresent()) {
      return MirrorReport.refusedUntouched(refusal.get());
    }
    MirrorListener listener =
        listener(measured, () -> stop.getAsBoolean() || host.guard().refusal(main).isPresent());
    // A turn that is over must open nothing: the mirror has been stopped while it waited.
    Optional<FollowSession> session =
        bySchedule && !stop.getAsBoolean() ? following.open(main) : following.current(main);
    return session.isPresent()
        ? session.get().catchUp(scope == Scope.WHOLE, listener)
        : TreeMirror.run(profile.request(main), listener);
  }

  private static MirrorListener listener(ProgressMeter measured, BooleanSupplier stopRequested) {
    return new MirrorListener() {
      @Override
      public void progress(long files, long bytesMoved, TreePath path) {
        measured.reached(files, bytesMoved, path);
      }

      @Override
      public boolean stopRequested() {
        return stopRequested.getAsBoolean();
      }
    };
  }

  /** Returns once no pass is at work. */
  @SuppressWarnings(
      "LockNotBeforeTry") // Nothing is done under the lock: to have got it is all that is wanted.
  void awaitEnd() {
    atWork.lock();
    atWork.unlock();
  }

  /** Follows no more, once no pass is at work. */
  void endFollowing() {
    atWork.lock();
    try {
      following.close();
    } finally {
      atWork.unlock();
    }
  }

  private synchronized ProgressMeter begin(Instant now, Scope scope) {
    OptionalLong expected = scope == Scope.WHOLE ? filesExpected : OptionalLong.empty();
    ProgressMeter measured = new ProgressMeter(now, expected);
    meter = measured;
    times.begun(now, scope == Scope.WHOLE);
    return measured;
  }

  private void end(Side main, Scope scope, Instant begun, MirrorReport report) {
    Instant now = host.clock().instant();
    EndedPass pass = EndedPass.of(profile.name(), main, begun, now, report);
    boolean tell;
    synchronized (this) {
      times.ended(now, pass.equal());
      // Followed changes come many a second: of those only a new kind of failure is worth a line.
      tell =
          scope == Scope.WHOLE
              || (!pass.equal()
                  && lastPass.map(last -> !last.words().equals(pass.words())).orElse(true));
      lastPass = Optional.of(pass);
      broken = Optional.empty();
      if (scope == Scope.WHOLE && pass.equal()) {
        filesExpected = OptionalLong.of(report.counts().files());
        bytesExpected = OptionalLong.of(report.counts().bytes());
      }
    }
    if (tell) {
      host.history().ended(pass);
    }
  }

  private synchronized void breakOff(String words) {
    times.ended(host.clock().instant(), false);
    broken = Optional.of(words);
  }

  /** A new direction: what was known of the old target says nothing about the new one. */
  synchronized void forget(Side main) {
    times.forget(host.clock().instant());
    lastPass = Optional.empty();
    broken = Optional.empty();
    filesExpected = OptionalLong.empty();
    bytesExpected = OptionalLong.empty();
    host.history()
        .lastComplete(profile.name(), main)
        .ifPresent(
            pass -> {
              filesExpected = OptionalLong.of(pass.counts().files());
              bytesExpected = OptionalLong.of(pass.counts().bytes());
            });
  }

  /** The same direction as before the host was restarted: what was true then still is. */
  synchronized void remember(Side main) {
    host.history()
        .lastComplete(profile.name(), main)
        .ifPresent(pass -> times.remember(pass.begun()));
  }

  /** Whether changes were told of that should be mirrored now. */
  synchronized boolean changesDue(Instant now) {
    return meter == null && following.isOn() && times.changesDue(following.oldestChange(now), now);
  }

  /** Whether a pass over the whole tree should begin now. */
  synchronized boolean passDue(Instant now) {
    return meter == null && nextDue(now).filter(due -> !due.isAfter(now)).isPresent();
  }

  /** When a pass over the whole tree is due by itself. */
  synchronized Optional<Instant> nextDue(Instant now) {
    try {
      return following.isOn() ? times.nextScan(now) : times.next(now);
    } catch (RuntimeException e) {
      // Not to be thrown at the tick, which would end all profiles' schedules without a word.
      broken = Optional.of("its schedule cannot be worked out: " + e);
      return Optional.empty();
    }
  }

  /**
   * How it stands.
   *
   * @param running whether the mirror is
   */
  synchronized ProfileStatus status(
      boolean running,
      Optional<Instant> pausedSince,
      boolean waiting,
      Optional<ScrubStatus> scrub,
      Instant now) {
    boolean followed = following.isOn() && times.holdsTheRest();
    Optional<Instant> oldestChange = following.oldestChange(now);
    return new ProfileStatus(
        profile.name(),
        profile.schedule().words(),
        pausedSince,
        waiting,
        Optional.ofNullable(meter).map(each -> each.progress(now)),
        lastPass,
        times.lastSuccess(),
        broken.or(() -> lastPass.filter(pass -> !pass.equal()).map(EndedPass::words)),
        running && pausedSince.isEmpty() ? nextDue(now) : Optional.empty(),
        following.isOn(),
        following.words(),
        followed && oldestChange.isEmpty(),
        followed ? oldestChange : times.lastSuccess(),
        scrub);
  }
}
