package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gemel.core.Side;
import org.gemel.mirror.ProfilePasses.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Keeps profiles mirrored from the main side by their schedules, until stopped. Stopped is the
 * state it begins in: which side is main is for others to say. Holds nothing across restarts, and
 * needs nothing.
 *
 * <p>After {@link #stop()} has returned no pass is at work and none begins, so the sides' roles may
 * change.
 */
public final class FolderMirror implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(250);

  /** One stretch of mirroring in one direction. */
  private record Stretch(Side main, long number) {}

  /** One pass that is at work, or waits for another of its profile; it asks whether it is over. */
  private static final class Turn {
    private final String profile;
    private volatile boolean over;

    private Turn(String profile) {
      this.profile = profile;
    }
  }

  private final Map<String, ProfilePasses> profiles = new LinkedHashMap<>();
  private final Scrubs scrubs;
  private final MirrorHost host;
  private final PassQueue queue;
  private final Set<String> catchingUp = new HashSet<>();
  private final Set<Turn> turns = new HashSet<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private Pauses pauses = Pauses.NONE;
  private volatile @Nullable Stretch stretch;
  private long stretches;
  private @Nullable ScheduledFuture<?> ticking;

  /** A stopped mirror. */
  public FolderMirror(List<FolderProfile> profiles, MirrorHost host) {
    for (FolderProfile each : profiles) {
      if (this.profiles.put(each.name(), new ProfilePasses(each, host, this::wake)) != null) {
        throw new IllegalArgumentException(
            "found two profiles named '" + each.name() + "', wanted a name of its own for each");
      }
    }
    this.scrubs = new Scrubs(this.profiles.values(), host);
    this.host = host;
    this.queue = new PassQueue(host.passesAtOnce());
  }

  /**
   * Begins to mirror from a side. Already doing so: nothing changes. Mirroring the other way: an
   * error, stop first; so that nobody turns the direction by accident.
   */
  public synchronized void start(Side main) {
    begin(main, false);
  }

  /**
   * As {@link #start}, for a host that was restarted while it mirrored from this side: what its
   * history tells of this direction still holds, so the lag is known at once and a time of day that
   * was missed meanwhile is made up for.
   */
  public synchronized void resume(Side main) {
    begin(main, true);
  }

  private void begin(Side main, boolean resumed) {
    Stretch current = stretch;
    if (current != null) {
      if (current.main() != main) {
        throw new IllegalStateException(
            "found the folder mirror running from "
                + current.main()
                + ", wanted it stopped before it runs from "
                + main
                + ": stop it first");
      }
      return;
    }
    profiles.values().forEach(each -> each.forget(main));
    if (resumed) {
      profiles.values().forEach(each -> each.remember(main));
    }
    scrubs.begin(main);
    stretch = new Stretch(main, ++stretches);
    ticking =
        host.executor()
            .scheduleWithFixedDelay(
                () -> step(host.clock().instant()), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Ends mirroring: passes at work end between files, or within a large one, without harm. Stopped
   * already: fine.
   */
  public void stop() {
    synchronized (this) {
      stretch = null;
      queue.clear();
      turns.forEach(each -> each.over = true);
      if (ticking != null) {
        ticking.cancel(false);
        ticking = null;
      }
    }
    scrubs.end(each -> true);
    profiles.values().forEach(ProfilePasses::endFollowing);
  }

  /** What is paused. */
  public synchronized Pauses pauses() {
    return pauses;
  }

  /**
   * Pauses, and goes on with what is not paused any more. From when this returns no pass of what is
   * paused begins by itself; one at work goes on to its end.
   */
  public synchronized void pause(Pauses wanted) {
    pauses = wanted;
    profiles.keySet().stream().filter(each -> pauses.of(each).isPresent()).forEach(queue::withdraw);
  }

  /** Ends passes at work of what is paused, as {@link #stop} does; returns once they have ended. */
  public void endPaused() {
    List<ProfilePasses> paused;
    synchronized (this) {
      turns.stream()
          .filter(each -> pauses.of(each.profile).isPresent())
          .forEach(each -> each.over = true);
      paused =
          profiles.values().stream()
              .filter(each -> pauses.of(each.profile().name()).isPresent())
              .toList();
    }
    scrubs.end(each -> pauses().of(each).isPresent());
    paused.forEach(ProfilePasses::awaitEnd);
  }

  /**
   * A source has changed: looks at once instead of at the next tick. Takes no lock, for whoever
   * tells this may hold some.
   */
  private void wake() {
    if (stretch == null || awake.getAndSet(true)) {
      return;
    }
    try {
      host.executor()
          .execute(
              () -> {
                awake.set(false);
                step(host.clock().instant());
              });
    } catch (RejectedExecutionException ending) {
      // The host has ended since: what has changed is found when it mirrors again.
      awake.set(false);
    }
  }

  /** Lets what is due begin, as far as it is its turn. */
  synchronized void step(Instant now) {
    Stretch current = stretch;
    if (current == null) {
      return;
    }
    List<ProfilePasses> free =
        profiles.values().stream()
            .filter(each -> pauses.of(each.profile().name()).isEmpty())
            .toList();
    for (ProfilePasses each : free) {
      if (each.changesDue(now) && catchingUp.add(each.profile().name())) {
        host.executor().execute(() -> catchUp(each, current));
      }
    }
    free.stream()
        .filter(each -> each.passDue(now))
        .sorted(Comparator.comparing(each -> each.nextDue(now).orElse(now)))
        .forEach(each -> queue.due(each.profile().name()));
    beginNext(current);
    if (isIdle()) {
      scrubs.begin(now, name -> mayScrub(name, current), this::isIdle, host.executor());
    }
  }

  private synchronized boolean mayScrub(String profile, Stretch wanted) {
    return wanted.equals(stretch) && pauses.of(profile).isEmpty();
  }

  /** Whether no pass is at work, or waits: only then is read what nobody has asked for. */
  private synchronized boolean isIdle() {
    return turns.isEmpty() && catchingUp.isEmpty() && queue.isIdle();
  }

  private void beginNext(Stretch current) {
    for (var next = queue.next(); next.isPresent(); next = queue.next()) {
      ProfilePasses passes = passes(next.get());
      host.executor().execute(() -> passBySchedule(passes, current));
    }
  }

  private void passBySchedule(ProfilePasses passes, Stretch current) {
    try {
      bySchedule(passes, Scope.WHOLE, current);
    } finally {
      synchronized (this) {
        queue.ended(passes.profile().name());
        if (stretch != null) {
          beginNext(stretch);
        }
      }
    }
  }

  private void catchUp(ProfilePasses passes, Stretch current) {
    try {
      bySchedule(passes, Scope.CHANGES, current);
    } finally {
      synchronized (this) {
        catchingUp.remove(passes.profile().name());
      }
      // What changed meanwhile was told while this was at work.
      wake();
    }
  }

  private void bySchedule(ProfilePasses passes, Scope scope, Stretch current) {
    Turn turn = new Turn(passes.profile().name());
    synchronized (this) {
      if (!current.equals(stretch) || pauses.of(turn.profile).isPresent()) {
        return;
      }
      turns.add(turn);
    }
    run(passes, scope, true, current.main(), turn);
  }

  private MirrorReport run(
      ProfilePasses passes, Scope scope, boolean bySchedule, Side main, Turn turn) {
    try {
      return passes.run(main, scope, bySchedule, () -> turn.over);
    } finally {
      synchronized (this) {
        turns.remove(turn);
      }
    }
  }

  /**
   * Makes a pass of one profile now, after one that is at work, and returns its report.
   *
   * @throws IllegalStateException if the mirror is stopped: then no side is main
   */
  public MirrorReport runOnce(String profile) {
    ProfilePasses asked = passes(profile);
    Turn turn = new Turn(profile);
    Side main;
    synchronized (this) {
      if (stretch == null) {
        throw new IllegalStateException(
            "found the folder mirror stopped, wanted it running to know the direction: start it from a side first");
      }
      main = stretch.main();
      beginByHand(turn);
    }
    return byHand(asked, main, turn);
  }

  /**
   * Makes a pass of one profile from a given side, whether or not the mirror runs or is paused; the
   * caller answers for the direction.
   */
  public MirrorReport runOnce(String profile, Side main) {
    ProfilePasses asked = passes(profile);
    Turn turn = new Turn(profile);
    synchronized (this) {
      beginByHand(turn);
    }
    return byHand(asked, main, turn);
  }

  private void beginByHand(Turn turn) {
    turns.add(turn);
    queue.begunByHand();
  }

  private MirrorReport byHand(ProfilePasses passes, Side main, Turn turn) {
    try {
      return run(passes, Scope.WHOLE, false, main, turn);
    } finally {
      synchronized (this) {
        queue.endedByHand();
        if (stretch != null) {
          beginNext(stretch);
        }
      }
    }
  }

  private ProfilePasses passes(String profile) {
    ProfilePasses found = profiles.get(profile);
    if (found == null) {
      throw new IllegalArgumentException(
          "found no profile '" + profile + "', wanted one of " + profiles.keySet());
    }
    return found;
  }

  /** How it stands now. Never waits for a pass. */
  public synchronized FolderMirrorStatus status() {
    Instant now = host.clock().instant();
    boolean running = stretch != null;
    return new FolderMirrorStatus(
        Optional.ofNullable(stretch).map(Stretch::main),
        pauses.all(),
        profiles.values().stream()
            .map(
                each -> {
                  String name = each.profile().name();
                  return each.status(
                      running, pauses.of(name), queue.isWaiting(name), scrubs.status(name), now);
                })
            .toList());
  }

  /** Stops. */
  @Override
  public void close() {
    stop();
  }
}
