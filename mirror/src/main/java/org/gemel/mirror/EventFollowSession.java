package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.watch.ChangeFeed;
import org.gemel.mirror.watch.Hint;
import org.gemel.mirror.watch.PendingHints;
import org.jspecify.annotations.Nullable;

/**
 * One source followed by events. A thread of its own hears them and keeps where something changed;
 * whoever catches up takes that and looks there. What was taken and could not be mirrored comes
 * back after a while, so nothing heard is lost; what was not heard is found by a whole pass.
 */
final class EventFollowSession implements FollowSession {
  private static final Duration HEARING = Duration.ofMillis(100);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final Duration REST = Duration.ofMinutes(1);
  private static final Duration SETTLED = Duration.ofMillis(30);
  private static final Duration BUSY = Duration.ofSeconds(1);
  private static final long LARGE = 4L * 1024 * 1024;
  private static final long SMALL = 1024 * 1024;

  private final MirrorRequest request;
  private final Folder root;
  private final ChangeFeed feed;
  private final Runnable changed;
  private final Durability durability;
  private final Thread hearing;
  private final PendingHints heard = new PendingHints();
  private final PendingHints toCompare = new PendingHints();
  private final DelayedHints delayed = new DelayedHints();
  private final DelayedHints comparing = new DelayedHints();
  private final Set<TreePath> fresh = new LinkedHashSet<>();
  private final List<Hint.Renamed> movedMeanwhile = new ArrayList<>();
  private Duration again = AGAIN;
  private @Nullable String wholeWanted;
  private @Nullable Instant oldest;
  private Extent held = Extent.NOTHING;
  private Instant notBefore = Instant.MIN;
  private volatile boolean closed;
  private volatile boolean over;

  EventFollowSession(MirrorRequest request, Folder root, ChangeFeed feed, Runnable changed) {
    this.request = request;
    this.root = root;
    this.feed = feed;
    this.changed = changed;
    this.durability = new Durability(request.target());
    this.hearing = Thread.ofPlatform().daemon().name("mirror-changes").start(this::hear);
  }

  private void hear() {
    while (!closed) {
      List<Hint> hints = feed.await(HEARING);
      if (note(hints, Instant.now())) {
        changed.run();
      }
    }
  }

  private synchronized boolean note(List<Hint> hints, Instant now) {
    List<Hint> told = new ArrayList<>();
    List<Hint.Renamed> moved = new ArrayList<>();
    for (Hint each : hints) {
      over |= each instanceof Hint.RootGone;
      if (each instanceof Hint.Renamed rename) {
        moved.add(rename);
      }
      if (!isWhole(each) && !delayed.isBusy(each, now)) {
        told.add(each);
      }
    }
    movedMeanwhile.addAll(moved);
    delayed.carry(moved);
    comparing.carry(moved);
    toCompare.carry(moved);
    heard.add(told);
    heard.awaited();
    toCompare.awaited();
    for (Hint each : delayed.due(now)) {
      if (!isWhole(each)) {
        heard.add(each);
      }
    }
    toCompare.add(List.copyOf(comparing.due(now)));
    boolean something = !heard.isEmpty() || !toCompare.isEmpty() || wholeWanted != null;
    if (something && oldest == null) {
      oldest = now;
    }
    return something && !now.isBefore(notBefore);
  }

  /** Notes that everything is to be looked at, if that is what was told. */
  private boolean isWhole(Hint told) {
    if (told instanceof Hint.Everything || told instanceof Hint.RootGone) {
      wholeWanted = told.toString();
      return true;
    }
    return false;
  }

  @Override
  public String words() {
    return feed.method().words();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public synchronized Optional<Instant> oldestChange() {
    return Optional.ofNullable(oldest);
  }

  @Override
  public MirrorReport catchUp(boolean whole, MirrorListener listener) {
    List<Hint> taken;
    boolean all;
    synchronized (this) {
      all = whole || wholeWanted != null;
      taken = all ? List.of() : heard.take();
      if (all) {
        heard.takeForWhole();
      }
      wholeWanted = null;
      movedMeanwhile.clear();
    }
    MirrorReport report = all ? lookAtAll(listener) : lookAt(taken, listener);
    compare(listener);
    synchronized (this) {
      if (report.outcome() == MirrorReport.Outcome.COMPLETE) {
        heard.looked();
        again = AGAIN;
      } else {
        giveBack(all, report);
        again = again.compareTo(REST) < 0 ? again.multipliedBy(2) : REST;
      }
      boolean nothingLeft =
          heard.isEmpty()
              && wholeWanted == null
              && delayed.isEmpty()
              && comparing.isEmpty()
              && toCompare.isEmpty();
      oldest = nothingLeft ? null : oldest;
    }
    return report;
  }

  private MirrorReport lookAtAll(MirrorListener listener) {
    MirrorReport report = TreeMirror.run(request, listener);
    synchronized (this) {
      Counts counts = report.counts();
      held = new Extent(counts.files() + counts.directories(), counts.files(), counts.bytes());
    }
    return report;
  }

  private MirrorReport lookAt(List<Hint> hints, MirrorListener listener) {
    Extent known;
    synchronized (this) {
      fresh.clear();
      known = held;
    }
    MirrorReport report =
        new Pass(request, listener, new ToldChanges(hints, known, this::wantWhole, this::later))
            .run();
    durability.changed();
    synchronized (this) {
      Instant now = Instant.now();
      fresh.forEach(path -> comparing.add(Hint.at(path), now.plus(SETTLED)));
      if (report.counts().bytesMoved() > LARGE) {
        hints.stream()
            .filter(each -> each instanceof Hint.Entry)
            .forEach(each -> delayed.rest(each, now.plus(BUSY)));
      }
    }
    return report;
  }

  /** Reads both sides of what was mirrored in the moment it was written. */
  private void compare(MirrorListener listener) {
    List<Hint> hints;
    synchronized (this) {
      hints = toCompare.take();
    }
    if (hints.isEmpty()) {
      return;
    }
    MirrorReport report =
        new Pass(
                request.withChecksum(true),
                listener,
                new ToldChanges(hints, held, this::wantWhole, FreshFiles.AWAITED))
            .run();
    durability.changed();
    synchronized (this) {
      toCompare.looked();
      if (report.outcome() != MirrorReport.Outcome.COMPLETE) {
        comparing.addAll(hints, Instant.now().plus(AGAIN));
      }
    }
  }

  private synchronized void wantWhole() {
    wholeWanted = "a file with several names changed";
  }

  /** A small file that was written this moment is mirrored at once, and looked at again. */
  private void later(TreePath path, org.gemel.mirror.system.FileStatus status, Duration left) {
    if (status.size() > SMALL) {
      FreshFiles.AWAITED.met(path, status, left);
      return;
    }
    synchronized (this) {
      fresh.add(path);
    }
  }

  /** Keeps for later what could not be mirrored. */
  private void giveBack(boolean asked, MirrorReport report) {
    Instant now = Instant.now();
    boolean each =
        report.outcome() == MirrorReport.Outcome.INCOMPLETE
            && report.failures().size() == report.counts().failed()
            && report.failures().stream().noneMatch(failure -> failure.path().isRoot());
    if (each) {
      heard.looked();
      report.failures().forEach(failure -> lookAgain(failure.path(), now.plus(again)));
    } else if (asked) {
      heard.looked();
      delayed.add(new Hint.Everything("the last look at everything did not end"), now.plus(REST));
    } else {
      heard.putBack();
      notBefore = now.plus(again);
    }
  }

  /** What is below may not have been reached; and it may have been moved since. */
  private void lookAgain(TreePath failed, Instant at) {
    Hint hint = new Hint.Subtree(failed, "it failed");
    delayed.add(hint, at);
    delayed.addAll(PendingHints.carried(hint, movedMeanwhile), at);
  }

  @Override
  public void close() {
    closed = true;
    feed.close();
    try {
      hearing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    durability.close();
    root.close();
    synchronized (this) {
      oldest = null;
    }
  }
}
