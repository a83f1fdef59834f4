package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.gemel.core.Side;
import org.gemel.mirror.system.TreePath;

/** One profile's passes, one at a time, and what is known of them. */
final class ProfilePasses {
  private final FolderProfile profile;
  private final InstantSource clock;
  private final PassGuard guard;
  private final ReentrantLock atWork = new ReentrantLock();

  private Optional<Instant> begun = Optional.empty();
  private Optional<Instant> passSince = Optional.empty();
  private Optional<MirrorReport> lastPass = Optional.empty();
  private Optional<Instant> lastSuccess = Optional.empty();
  private Optional<String> broken = Optional.empty();
  private volatile TreePath at = TreePath.ROOT;

  ProfilePasses(FolderProfile profile, InstantSource clock, PassGuard guard) {
    this.profile = profile;
    this.clock = clock;
    this.guard = guard;
  }

  FolderProfile profile() {
    return profile;
  }

  /** Waits for a pass at work, then makes one. */
  MirrorReport run(Side main, BooleanSupplier stopRequested) {
    atWork.lock();
    try {
      begin(clock.instant());
      MirrorReport report = guarded(main, stopRequested);
      end(report);
      return report;
    } catch (RuntimeException | Error e) {
      // A fault of the engine itself. An executor would keep it to itself, so the status says it.
      breakOff("the pass broke off by a fault of its own: " + e);
      throw e;
    } finally {
      synchronized (this) {
        passSince = Optional.empty();
      }
      atWork.unlock();
    }
  }

  private MirrorReport guarded(Side main, BooleanSupplier stopRequested) {
    Optional<Refusal> refusal = guard.refusal(main);
    if (refusal.isPresent()) {
      return MirrorReport.refusedUntouched(refusal.get());
    }
    return TreeMirror.run(
        profile.request(main),
        listener(() -> stopRequested.getAsBoolean() || guard.refusal(main).isPresent()));
  }

  /** Returns once no pass is at work. */
  @SuppressWarnings(
      "LockNotBeforeTry") // Nothing is done under the lock: to have got it is all that is wanted.
  void awaitEnd() {
    atWork.lock();
    atWork.unlock();
  }

  private MirrorListener listener(BooleanSupplier stopRequested) {
    return new MirrorListener() {
      @Override
      public void progress(long files, long bytesMoved, TreePath path) {
        at = path;
      }

      @Override
      public boolean stopRequested() {
        return stopRequested.getAsBoolean();
      }
    };
  }

  private synchronized void begin(Instant now) {
    begun = Optional.of(now);
    passSince = Optional.of(now);
    at = TreePath.ROOT;
  }

  private synchronized void end(MirrorReport report) {
    lastPass = Optional.of(report);
    broken = Optional.empty();
    if (report.outcome() == MirrorReport.Outcome.COMPLETE) {
      lastSuccess = begun;
    }
  }

  private synchronized void breakOff(String words) {
    broken = Optional.of(words);
  }

  /** A new direction: what was known of the old target says nothing about the new one. */
  synchronized void forget() {
    begun = Optional.empty();
    lastPass = Optional.empty();
    lastSuccess = Optional.empty();
    broken = Optional.empty();
  }

  synchronized boolean isDue(Instant now) {
    return passSince.isEmpty() && nextDue(now).map(due -> !due.isAfter(now)).orElse(false);
  }

  private Optional<Instant> nextDue(Instant now) {
    return profile.schedule().nextAfter(begun, now);
  }

  synchronized ProfileStatus status(boolean running, Instant now) {
    return new ProfileStatus(
        profile.name(),
        passSince,
        at.toString(),
        lastPass,
        lastSuccess,
        broken.or(
            () ->
                lastPass
                    .filter(report -> report.outcome() != MirrorReport.Outcome.COMPLETE)
                    .map(MirrorReport::summary)),
        running ? nextDue(now) : Optional.empty(),
        lastSuccess.map(since -> Duration.between(since, now)));
  }
}
