package org.gemel.mirror;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Reads two trees that a mirror keeps equal, again and again, slowly and in order, and says what
 * differs although nobody changed it: storage that rots, and hands that write where only the mirror
 * should. Neither shows in sizes and times, so no pass finds it.
 *
 * <p>Has no thread and no clock: {@link #step} does a little and says when it wants to be called
 * again. Nothing is held open in between. Used by one thread at a time.
 */
public final class Scrub {
  private static final int ENTRIES_A_STEP = 256;
  private static final long BYTES_A_STEP = 4L * 1024 * 1024;
  private static final Duration BEFORE_NEXT_TRY = Duration.ofMinutes(1);

  private final ScrubOptions options;
  private final ScrubListener listener;
  private final Scanner scanner;
  private final ScrubWalk walk;
  private final ScrubPair pair;
  private final ScrubLook look;
  private final Optional<String> epoch;
  private final Deque<ScrubWalk.Pair> pending = new ArrayDeque<>();
  private final ScrubFindings findings;
  private @Nullable ScrubState state;
  private @Nullable TreePath folder;
  private @Nullable ScrubRate rate;
  private @Nullable FileIdentity firstRoot;
  private @Nullable FileIdentity secondRoot;
  private volatile boolean stopped;

  /**
   * @param from where it was, to go on there; empty to begin
   * @param epoch what certificates say of the stretch of mirroring they belong to
   */
  public Scrub(
      ScrubOptions options,
      Optional<ScrubState> from,
      Optional<String> epoch,
      ScrubListener listener) {
    this.options = options;
    this.listener = listener;
    this.epoch = epoch;
    this.state = from.orElse(null);
    this.findings = new ScrubFindings(listener);
    PassLog log = new PassLog(findings);
    this.scanner = new Scanner(options.filters(), new OwnNames(options.marker()));
    this.walk = new ScrubWalk(scanner, log);
    EntryDiffer differ = new EntryDiffer(false, log::allowStop);
    this.look = new ScrubLook(differ, scanner, options.settled());
    this.pair = new ScrubPair(look, findings);
  }

  /** Where it is; empty before the first step. */
  public Optional<ScrubState> state() {
    return Optional.ofNullable(state);
  }

  /** Lets a step that is at work end soon; may be called by any thread. */
  public void stop() {
    stopped = true;
  }

  /** Takes back what {@link #stop} said. */
  void goOn() {
    stopped = false;
  }

  /** Does a little, and returns when the next step is due. */
  public Instant step(Instant now) {
    return step(now, now);
  }

  /**
   * Does a little, and returns when the next step is due.
   *
   * @param mirrored up to when the second tree is known to hold what the first had: what the first
   *     has changed since is not judged
   */
  public Instant step(Instant now, Instant mirrored) {
    look.mirroredUntil(mirrored);
    ScrubState current = state == null ? ScrubState.begin(now) : state;
    if (current.over()) {
      Instant due = current.begun().plus(options.every());
      if (due.isAfter(now)) {
        state = current;
        return due;
      }
      current = ScrubState.begin(now);
      walk.begin();
    }
    long bytes;
    try (Folder one = Roots.openExisting(options.first(), "first");
        Folder other = Roots.openExisting(options.second(), "second")) {
      current = prepare(current, one, other);
      long before = current.bytes();
      current = work(current, one, other, now);
      bytes = current.bytes() - before;
    } catch (RefusedException | IOException e) {
      listener.failed(new Failure(TreePath.ROOT, String.valueOf(e.getMessage())));
      return now.plus(BEFORE_NEXT_TRY);
    }
    current = findings.countInto(current);
    boolean over = walk.isOver() && pending.isEmpty() && !stopped;
    state = over ? current.ended() : current;
    findings.tell(over);
    if (over) {
      endRound(state);
    }
    rate = rate == null ? new ScrubRate(options.bytesPerSecond(), now) : rate;
    return rate.after(2 * bytes, now);
  }

  private ScrubState prepare(ScrubState current, Folder one, Folder other)
      throws IOException, RefusedException {
    if (options.marker().isPresent()) {
      MarkerCheck.check(
          options.marker().get(), new LocalSourceTree(one, scanner, FreshFiles.AWAITED), other);
    }
    FileIdentity first = one.status().identity();
    FileIdentity second = other.status().identity();
    if (firstRoot == null || secondRoot == null) {
      firstRoot = first;
      secondRoot = second;
      pending.clear();
      walk.resume(one, other, current.names());
      folder = null;
    } else if (!firstRoot.equals(first) || !secondRoot.equals(second)) {
      throw RefusedException.because(
          "found another folder under the path of a tree than at the first step, wanted the same volumes: are they mounted? If this is meant, begin the scrub anew");
    }
    return current;
  }

  private ScrubState work(ScrubState before, Folder one, Folder other, Instant now)
      throws IOException {
    ScrubState current = before;
    int entries = 0;
    while (entries < ENTRIES_A_STEP && current.bytes() - before.bytes() < BYTES_A_STEP) {
      if (stopped || (pending.isEmpty() && walk.isOver())) {
        return current;
      }
      entries++;
      try {
        if (pending.isEmpty()) {
          enter(current, one, other, now);
        } else {
          current = readSome(current, before.bytes(), one, other, now);
        }
      } catch (IOException e) {
        // A folder that went away meanwhile is the mirror's work.
        findings.failedUnlessGone(folder == null ? TreePath.ROOT : folder, e);
        pending.clear();
      }
    }
    return current;
  }

  private void enter(ScrubState current, Folder one, Folder other, Instant now) throws IOException {
    folder = walk.next();
    TreePath here = folder == null ? TreePath.ROOT : folder;
    pending.addAll(walk.enter(one, other));
    if (!current.names().isEmpty()) {
      TreePath done = path(current);
      if (done.parent().equals(here)) {
        pending.removeIf(each -> each.path().compareTo(done) <= 0);
        return;
      }
    }
    try (Folder left = one.descend(here);
        Folder right = other.descend(here)) {
      pair.outside(left, right, now);
    }
  }

  private static TreePath path(ScrubState state) {
    TreePath path = TreePath.ROOT;
    for (var name : state.names()) {
      path = path.child(name);
    }
    return path;
  }

  /** Goes through entries of one folder as long as the step may last. */
  private ScrubState readSome(
      ScrubState from, long bytesBefore, Folder one, Folder other, Instant now) throws IOException {
    ScrubState current = from;
    TreePath here = pending.getFirst().path().parent();
    try (Folder left = one.descend(here);
        Folder right = other.descend(here)) {
      int entries = 0;
      while (!pending.isEmpty()
          && !stopped
          && entries < ENTRIES_A_STEP
          && current.bytes() - bytesBefore < BYTES_A_STEP) {
        entries++;
        ScrubWalk.Pair next = pending.getFirst();
        ScrubPair.Progress progress = pair.look(left, right, next, now);
        current = current.read(progress.bytes());
        if (progress.done()) {
          pending.removeFirst();
          current = progress.count(current).done(next.path());
        }
      }
    }
    return current;
  }

  private void endRound(ScrubState round) {
    listener.roundEnded(round);
    if (round.differing() > 0 || round.failed() > 0) {
      return;
    }
    ComparisonReport report =
        TreeComparison.compare(
            options.first(),
            options.second(),
            options.comparison().withStreams(1),
            difference -> {},
            () -> stopped);
    if (report.equal()) {
      listener.certified(EqualityCertificate.ofScrub(options, round, report, epoch));
    }
  }
}
