package org.gemel.demo.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.gemel.cli.ParentWatch;
import org.jspecify.annotations.Nullable;

/**
 * One supervised process and the thread that waits for it.
 *
 * <p>Its pid file is written before anything else is done with a process, so that a supervisor
 * killed at any moment leaves at most the few microseconds between the start and that write to the
 * mark in the environment.
 */
final class Child {
  private final ChildSpec spec;
  private final Path pidFile;
  private final Path logFolder;
  private final Map<String, String> marks;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private @Nullable Process process;
  private ChildStatus status;
  private boolean ending;

  Child(ChildSpec spec, Path runFolder, Path logFolder, Path facility, InstantSource clock) {
    this.spec = spec;
    this.pidFile = runFolder.resolve(spec.name() + ".pid");
    this.logFolder = logFolder;
    this.clock = clock;
    this.marks =
        Map.of(
            LeftOvers.MARK,
            facility.toString(),
            ParentWatch.VARIABLE,
            Long.toString(ProcessHandle.current().pid()));
    this.status = new ChildStatus(spec.name(), ChildState.ENDED, null, clock.instant(), 0, null);
  }

  ChildSpec spec() {
    return spec;
  }

  ChildStatus status() {
    lock.lock();
    try {
      return status;
    } finally {
      lock.unlock();
    }
  }

  /** Starts the first process here, so that a command that cannot run is the caller's to see. */
  void start() throws IOException {
    Process first = startProcess();
    Thread.ofVirtual().name("watch-" + spec.name()).start(() -> watch(first));
  }

  private Process startProcess() throws IOException {
    lock.lock();
    try {
      // A session of its own: Ctrl-C is for the supervisor, which ends children in their order.
      List<String> command = new ArrayList<>(List.of("setsid"));
      command.addAll(spec.command());
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(spec.workingFolder().toFile());
      builder.environment().putAll(marks);
      builder.environment().putAll(spec.environment());
      Path log = ChildLog.prepare(logFolder, spec.name());
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process started = builder.start();
      process = started;
      @Nullable ProcessIdentity identity = ProcessIdentity.of(started.pid()).orElse(null);
      if (identity != null) {
        identity.write(pidFile);
      }
      become(ChildState.RUNNING, started.pid(), status.lastEnd());
      return started;
    } finally {
      lock.unlock();
    }
  }

  private void watch(Process first) {
    Backoff backoff = Backoff.none();
    @Nullable Process current = first;
    while (true) {
      long startedNanos = System.nanoTime();
      String end = current == null ? "could not be started" : awaitEnd(current);
      backoff = backoff.after(Duration.ofNanos(System.nanoTime() - startedNanos));
      if (!mayRestart(end, backoff.last())) {
        return;
      }
      try {
        current = startProcess();
      } catch (IOException e) {
        System.err.println("cannot start " + spec.name() + ": " + e.getMessage() + "; trying on");
        current = null;
      }
    }
  }

  private static String awaitEnd(Process running) {
    int exit = running.onExit().join().exitValue();
    return exit > 128 ? "ended by signal " + (exit - 128) : "ended with status " + exit;
  }

  /** Waits for the backoff, unless it is being ended or stays ended. */
  private boolean mayRestart(String end, Duration delay) {
    lock.lock();
    try {
      process = null;
      Files.deleteIfExists(pidFile);
      if (ending || spec.restart() == Restart.NEVER) {
        become(ChildState.ENDED, null, end);
        return false;
      }
      System.err.println(
          spec.name() + " " + end + "; starting it again in " + delay.toMillis() + " ms");
      status =
          new ChildStatus(
              spec.name(),
              ChildState.WAITING_TO_RESTART,
              null,
              clock.instant(),
              status.restarts() + 1,
              end);
      changed.signalAll();
      long left = delay.toNanos();
      while (left > 0 && !ending) {
        left = changed.awaitNanos(left);
      }
      if (ending) {
        become(ChildState.ENDED, null, end);
      }
      return !ending;
    } catch (IOException e) {
      throw new IllegalStateException("cannot remove " + pidFile, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(
          "the watcher of " + spec.name() + " was interrupted, which nobody does", e);
    } finally {
      lock.unlock();
    }
  }

  private void become(ChildState state, @Nullable Long pid, @Nullable String lastEnd) {
    status = new ChildStatus(spec.name(), state, pid, clock.instant(), status.restarts(), lastEnd);
    changed.signalAll();
  }

  /** Sends SIGTERM and returns; the child is not started again. */
  void beginEnding() {
    lock.lock();
    try {
      ending = true;
      changed.signalAll();
      if (process != null) {
        process.destroy();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it has ended; after the deadline it and what it started are killed. */
  void finishEnding(Instant deadline) throws InterruptedException {
    @Nullable Process last;
    lock.lock();
    try {
      last = process;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      List<ProcessHandle> descendants = last.descendants().toList();
      Duration left = Duration.between(clock.instant(), deadline);
      if (left.isNegative() || !last.waitFor(left.toNanos(), TimeUnit.NANOSECONDS)) {
        last.destroyForcibly();
      }
      descendants.forEach(ProcessHandle::destroy);
      last.onExit().join();
    }
    awaitEnded();
  }

  private void awaitEnded() throws InterruptedException {
    lock.lock();
    try {
      while (status.state() != ChildState.ENDED) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Kills the present process as a crash would; the restart rule applies. */
  void crash() {
    lock.lock();
    try {
      Objects.requireNonNull(process, spec.name() + " is not running").destroyForcibly();
    } finally {
      lock.unlock();
    }
  }
}
