package org.gemel.cli.mirror;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.gemel.mirror.Counts;
import org.gemel.mirror.EventFollower;
import org.gemel.mirror.FollowSession;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.TreeMirror;
import org.jspecify.annotations.Nullable;

/**
 * {@code gemel mirror --watch}: a pass, then each change as it is heard of, until it is ended. Once
 * a day everything is looked at, as not every change makes an event; where there are no events,
 * once a minute.
 */
final class WatchRun {
  private static final Duration SAFETY = Duration.ofDays(1);
  private static final Duration WITHOUT_EVENTS = Duration.ofMinutes(1);
  private static final long PATIENCE_MILLIS = 200;

  private final MirrorRequest request;
  private final MirrorListener listener;
  private final StopSignal stop;
  private final PrintWriter err;
  private final Semaphore heard = new Semaphore(0);
  private final long began = System.nanoTime();
  private Counts total = Counts.NONE;

  WatchRun(MirrorRequest request, MirrorListener listener, StopSignal stop, PrintWriter err) {
    this.request = request;
    this.listener = listener;
    this.stop = stop;
    this.err = err;
  }

  /** Follows until it is ended; comes back early if the trees cannot be mirrored at all. */
  MirrorReport run() {
    Optional<FollowSession> session = new EventFollower().open(request, heard::release);
    if (session.isEmpty()) {
      err.println("no events are heard of this tree: it is looked through every minute");
      return follow(TreeMirror::run, WITHOUT_EVENTS);
    }
    try (FollowSession open = session.get()) {
      return follow(open);
    }
  }

  /** A look at everything. */
  private interface Whole {
    MirrorReport run(MirrorRequest request, MirrorListener listener);
  }

  private MirrorReport follow(FollowSession session) {
    return follow((_, told) -> session.catchUp(true, told), SAFETY, session);
  }

  private MirrorReport follow(Whole whole, Duration every) {
    return follow(whole, every, null);
  }

  private MirrorReport follow(Whole whole, Duration every, @Nullable FollowSession session) {
    long next = System.nanoTime();
    boolean watching = false;
    while (!stop.isRequested()) {
      if (System.nanoTime() - next >= 0) {
        MirrorReport report = whole.run(request, listener);
        total = total.then(report.counts(), true);
        if (report.outcome() == Outcome.REFUSED || (!watching && failed(report))) {
          return report;
        }
        if (!watching) {
          watching = true;
          err.println("watching");
          err.flush();
        }
        next = System.nanoTime() + every.toNanos();
      }
      if (heardSomething() && session != null) {
        MirrorReport report = session.catchUp(false, listener);
        total = total.then(report.counts(), false);
        if (report.outcome() == Outcome.REFUSED) {
          err.println(report.summary());
          next = System.nanoTime();
        }
      }
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    return MirrorReport.of(
        Outcome.COMPLETE, Optional.empty(), total, List.of(), elapsed, Duration.ZERO);
  }

  private static boolean failed(MirrorReport report) {
    return report.outcome() == Outcome.INCOMPLETE
        && !report.counts().changedAnything()
        && report.counts().files() == 0;
  }

  private boolean heardSomething() {
    try {
      boolean something = heard.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      heard.drainPermits();
      return something;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
