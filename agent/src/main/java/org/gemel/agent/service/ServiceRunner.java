package org.gemel.agent.service;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings one service to what it should be. All methods but {@link #view} and {@link #living} belong
 * to the supervisor's one thread; {@code now} is in milliseconds of a clock that never jumps.
 *
 * <p>Before every start all that is left of the service is ended: what still holds its port or its
 * files would make the new one fail, or work beside it.
 */
final class ServiceRunner {
  /** No further step is needed until something changes. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long SETTLED = 250;
  private static final long LOOK = 250;
  private static final long LOOK_CLOSELY = 25;
  private static final long KILL_PATIENCE = 5_000;

  /** What can be seen from outside. */
  record View(ServicePhase phase, long sinceMilliseconds, String words) {}

  private record Ending(long killAt, Set<ProcessIdentity> known) {}

  private final ServiceSettings settings;
  private final ServiceFiles files;
  private final ServiceProcesses processes;
  private final InstantSource clock;
  private final Runnable changed;
  private final Runnable wake;
  private final RestartPolicy policy = new RestartPolicy();

  private volatile @Nullable ProcessIdentity leader;
  private volatile View view;
  private @Nullable Process process;
  private @Nullable Ending ending;
  private boolean wanted;
  private boolean paused;
  private boolean verifiedGone;
  private String complaint = "";
  private long leaderSince;
  private long startedAt;
  private long due;

  /**
   * @param changed called after every change of {@link #view}
   * @param wake called on any thread when a step is due sooner than was asked for
   */
  ServiceRunner(
      ServiceSettings settings,
      ServiceFiles files,
      ServiceProcesses processes,
      InstantSource clock,
      Runnable changed,
      Runnable wake) {
    this.settings = settings;
    this.files = files;
    this.processes = processes;
    this.clock = clock;
    this.changed = changed;
    this.wake = wake;
    this.view = new View(ServicePhase.STOPPED, clock.millis(), "");
  }

  ServiceSettings settings() {
    return settings;
  }

  View view() {
    return view;
  }

  boolean isWanted() {
    return wanted;
  }

  /** Whether nothing of it lives and nothing will start it. */
  boolean isAtRest() {
    return verifiedGone && ending == null && !(wanted && !paused);
  }

  List<ProcessTable.Row> living() {
    return processes.living(leader, Set.of());
  }

  /** Goes on with what an agent before this one left behind. */
  void takeUp(long now) throws IOException {
    wanted = files.isWanted();
    due = now;
    var noted = files.leader().filter(it -> ProcessTable.lives(it.identity()));
    if (noted.isPresent()) {
      leader = noted.get().identity();
      leaderSince = noted.get().sinceMilliseconds();
    } else {
      var marked = processes.markedLeader();
      if (marked.isPresent()) {
        leaderSince = clock.millis();
        files.setLeader(new ServiceFiles.Leader(marked.get(), leaderSince));
        leader = marked.get();
      }
    }
    startedAt = now - Math.max(0, clock.millis() - leaderSince);
    show(wanted ? ServicePhase.STARTING : ServicePhase.STOPPING, "");
  }

  /** Sets for good, over any restart of the agent, whether it should run. */
  void want(boolean running, long now) throws IOException {
    files.setWanted(running);
    wanted = running;
    forgive(now);
  }

  /** Ends it for the time being, or lets it go on as it is wanted. */
  void pause(boolean pause, long now) {
    paused = pause;
    forgive(now);
  }

  /** Does what is due and says in how many milliseconds to come again. */
  long step(long now) {
    try {
      return attempt(now);
    } catch (IOException | RuntimeException e) {
      complaint = "cannot be handled: " + e.getMessage();
      show(ServicePhase.FAILED, complaint);
      due = policy.died(now, now);
      return due - now;
    }
  }

  private void forgive(long now) {
    policy.forget();
    complaint = "";
    due = now;
    if (wanted && !paused) {
      if (view.phase() != ServicePhase.RUNNING) {
        show(ServicePhase.STARTING, "");
      }
    } else if (view.phase() != ServicePhase.STOPPED) {
      show(ServicePhase.STOPPING, "");
    }
  }

  private long attempt(long now) throws IOException {
    if (ending != null) {
      return end(ending, now);
    }
    if (!wanted || paused) {
      if (!verifiedGone) {
        return beginEnding(now);
      }
      show(ServicePhase.STOPPED, "");
      return NEVER;
    }
    if (leader == null) {
      if (now < due) {
        return due - now;
      }
      if (!verifiedGone) {
        return beginEnding(now);
      }
      spawn(now);
    }
    return look(now);
  }

  private void spawn(long now) throws IOException {
    show(policy.failing() ? ServicePhase.FAILED : ServicePhase.STARTING, complaint);
    verifiedGone = false;
    Process started = processes.spawn();
    process = started;
    startedAt = now;
    leaderSince = clock.millis();
    ProcessIdentity identity =
        ProcessTable.row(started.pid())
            .map(ProcessTable.Row::identity)
            .orElse(new ProcessIdentity(started.pid(), -1));
    leader = identity;
    // The future is only a bell: what happened is read from the machine.
    var unused = started.onExit().thenRun(wake);
    files.setLeader(new ServiceFiles.Leader(identity, leaderSince));
  }

  private long look(long now) throws IOException {
    ProcessIdentity first = leader;
    if (first == null || !ProcessTable.lives(first)) {
      if (process != null && process.isAlive()) {
        return LOOK_CLOSELY; // dead, but its exit code is still being fetched
      }
      return died(now);
    }
    policy.runs(startedAt, now);
    if (policy.failing()) {
      show(ServicePhase.FAILED, complaint);
    } else if (now - startedAt >= SETTLED) {
      complaint = "";
      show(ServicePhase.RUNNING, "");
    } else {
      show(ServicePhase.STARTING, complaint);
      return LOOK_CLOSELY;
    }
    return LOOK;
  }

  private long died(long now) throws IOException {
    String code = process == null ? "" : " with exit code " + process.exitValue();
    due = policy.died(startedAt, now);
    complaint =
        "ended by itself%s and is started again after %d ms; %s"
            .formatted(code, due - now, LastWords.of(settings.log()));
    show(policy.failing() ? ServicePhase.FAILED : ServicePhase.STARTING, complaint);
    return beginEnding(now);
  }

  private long beginEnding(long now) throws IOException {
    Ending begun = new Ending(now + settings.grace().toMillis(), new HashSet<>());
    ending = begun;
    return end(begun, now);
  }

  private long end(Ending current, long now) throws IOException {
    List<ProcessTable.Row> left = processes.living(leader, current.known());
    if (left.isEmpty()) {
      ending = null;
      leader = null;
      process = null;
      verifiedGone = true;
      files.clearLeader();
      return attempt(now);
    }
    if (!wanted || paused) {
      show(ServicePhase.STOPPING, "");
    }
    // Those forked since the last look were not asked yet.
    List<ProcessTable.Row> fresh =
        left.stream().filter(it -> !current.known().contains(it.identity())).toList();
    fresh.forEach(it -> current.known().add(it.identity()));
    boolean kill = now >= current.killAt();
    ServiceProcesses.signal(kill ? left : fresh, kill);
    if (now < current.killAt() + KILL_PATIENCE) {
      return LOOK_CLOSELY;
    }
    show(ServicePhase.FAILED, "does not end though it was killed: " + words(left));
    return LOOK;
  }

  private static String words(List<ProcessTable.Row> left) {
    return left.stream()
            .map(it -> "process " + it.pid() + " is in state " + it.state())
            .collect(Collectors.joining(", "))
        + "; a process in state D waits for a disk or a mount, look there";
  }

  private void show(ServicePhase phase, String words) {
    View before = view;
    if (before.phase() == phase && before.words().equals(words)) {
      return;
    }
    long since = before.phase() == phase ? before.sinceMilliseconds() : clock.millis();
    view = new View(phase, phase == ServicePhase.RUNNING ? leaderSince : since, words);
    changed.run();
  }
}
