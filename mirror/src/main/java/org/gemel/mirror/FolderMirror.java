package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.gemel.core.Side;
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

  /** One stretch of mirroring in one direction; passes ask it whether it is over. */
  private static final class Stretch {
    private final Side main;
    private volatile boolean over;

    private Stretch(Side main) {
      this.main = main;
    }
  }

  private final Map<String, ProfilePasses> profiles = new LinkedHashMap<>();
  private final Set<String> queued = new HashSet<>();
  private final Set<Stretch> byHand = new HashSet<>();
  private final InstantSource clock;
  private final ScheduledExecutorService executor;
  private @Nullable Stretch stretch;
  private @Nullable ScheduledFuture<?> ticking;

  /**
   * A stopped mirror.
   *
   * @param executor runs the passes, each on one of its threads; with as many threads as profiles
   *     they do not wait for each other. Not shut down here.
   */
  public FolderMirror(
      List<FolderProfile> profiles, InstantSource clock, ScheduledExecutorService executor) {
    this(profiles, clock, executor, PassGuard.NONE);
  }

  /**
   * A stopped mirror whose passes, by schedule and by hand, ask a guard first.
   *
   * @param executor as in the other constructor
   */
  public FolderMirror(
      List<FolderProfile> profiles,
      InstantSource clock,
      ScheduledExecutorService executor,
      PassGuard guard) {
    for (FolderProfile each : profiles) {
      if (this.profiles.put(each.name(), new ProfilePasses(each, clock, guard)) != null) {
        throw new IllegalArgumentException(
            "found two profiles named '" + each.name() + "', wanted a name of its own for each");
      }
    }
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * Begins to mirror from a side. Already doing so: nothing changes. Mirroring the other way: an
   * error, stop first; so that nobody turns the direction by accident.
   */
  public synchronized void start(Side main) {
    if (stretch != null) {
      if (stretch.main != main) {
        throw new IllegalStateException(
            "found the folder mirror running from "
                + stretch.main
                + ", wanted it stopped before it runs from "
                + main
                + ": stop it first");
      }
      return;
    }
    profiles.values().forEach(ProfilePasses::forget);
    stretch = new Stretch(main);
    ticking =
        executor.scheduleWithFixedDelay(
            () -> step(clock.instant()), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Ends mirroring: passes at work end between files, or within a large one, without harm. Stopped
   * already: fine.
   */
  public void stop() {
    synchronized (this) {
      if (stretch != null) {
        stretch.over = true;
        stretch = null;
      }
      byHand.forEach(each -> each.over = true);
      if (ticking != null) {
        ticking.cancel(false);
        ticking = null;
      }
    }
    profiles.values().forEach(ProfilePasses::awaitEnd);
  }

  /** Hands every profile that is due to the executor. */
  synchronized void step(Instant now) {
    Stretch current = stretch;
    if (current == null) {
      return;
    }
    for (ProfilePasses each : profiles.values()) {
      if (each.isDue(now) && queued.add(each.profile().name())) {
        executor.execute(() -> runQueued(each, current));
      }
    }
  }

  private void runQueued(ProfilePasses passes, Stretch current) {
    try {
      if (!current.over) {
        var unused = passes.run(current.main, () -> current.over);
      }
    } finally {
      synchronized (this) {
        queued.remove(passes.profile().name());
      }
    }
  }

  /**
   * Makes a pass of one profile now, after one that is at work, and returns its report.
   *
   * @throws IllegalStateException if the mirror is stopped: then no side is main
   */
  public MirrorReport runOnce(String profile) {
    Stretch current;
    synchronized (this) {
      if (stretch == null) {
        throw new IllegalStateException(
            "found the folder mirror stopped, wanted it running to know the direction: start it from a side first");
      }
      current = stretch;
    }
    return passes(profile).run(current.main, () -> current.over);
  }

  /**
   * Makes a pass of one profile from a given side, whether or not the mirror runs; the caller
   * answers for the direction.
   */
  public MirrorReport runOnce(String profile, Side main) {
    ProfilePasses asked = passes(profile);
    Stretch own = new Stretch(main);
    synchronized (this) {
      byHand.add(own);
    }
    try {
      return asked.run(main, () -> own.over);
    } finally {
      synchronized (this) {
        byHand.remove(own);
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
    Instant now = clock.instant();
    boolean running = stretch != null;
    return new FolderMirrorStatus(
        stretch == null ? Optional.empty() : Optional.of(stretch.main),
        profiles.values().stream().map(each -> each.status(running, now)).toList());
  }

  /** Stops. */
  @Override
  public void close() {
    stop();
  }
}
