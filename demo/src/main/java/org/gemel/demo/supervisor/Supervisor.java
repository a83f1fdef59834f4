package org.gemel.demo.supervisor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * Runs the processes of one facility folder. One supervisor a folder at a time, by a lock the
 * kernel lets go with the process; so whatever runs at its start is left over, and is ended before
 * anything is started.
 *
 * <p>In the folder: {@code run/NAME.pid} while a child runs, {@code log/NAME.log}.
 */
public final class Supervisor implements AutoCloseable {
  private final Path facility;
  private final Path runFolder;
  private final Path logFolder;
  private final Duration grace;
  private final InstantSource clock;
  private final FileChannel lockFile;
  private final LeftOvers leftOvers;
  private final Map<String, Child> children = new LinkedHashMap<>();
  private boolean closed;

  private Supervisor(Path facility, Duration grace, InstantSource clock, FileChannel lockFile) {
    this.facility = facility;
    this.runFolder = facility.resolve("run");
    this.logFolder = facility.resolve("log");
    this.grace = grace;
    this.clock = clock;
    this.lockFile = lockFile;
    this.leftOvers = new LeftOvers(facility, runFolder);
  }

  /**
   * Takes the folder, and ends what an earlier supervisor left running there.
   *
   * @param facility an existing folder
   * @param grace how long a child may take to end after SIGTERM
   * @throws IOException if another supervisor holds the folder, or something left over cannot be
   *     ended
   */
  public static Supervisor open(Path facility, Duration grace, InstantSource clock)
      throws IOException, InterruptedException {
    Path folder = facility.toRealPath();
    Files.createDirectories(folder.resolve("run"));
    Files.createDirectories(folder.resolve("log"));
    FileChannel lockFile = lock(folder);
    Supervisor supervisor = new Supervisor(folder, grace, clock, lockFile);
    try {
      var ended = supervisor.leftOvers.end(grace);
      if (!ended.isEmpty()) {
        System.err.println(
            "ended " + ended.size() + " processes left over from an earlier run in " + folder);
      }
      return supervisor;
    } catch (IOException | InterruptedException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static FileChannel lock(Path facility) throws IOException {
    FileChannel channel =
        FileChannel.open(
            facility.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // The same process holds it: the same answer as if another did.
    }
    channel.close();
    throw new IOException(
        "found a facility already running in "
            + facility
            + ", wanted the folder free: end that one first, or name another folder with --dir");
  }

  /** Starts a child and watches it from now on. */
  public synchronized void start(ChildSpec spec) throws IOException {
    if (closed) {
      throw new IllegalStateException(
          "found the supervisor closed, wanted it open to start " + spec.name());
    }
    Child before = children.get(spec.name());
    if (before != null && before.status().state() != ChildState.ENDED) {
      throw new IllegalArgumentException(
          "found a child '" + spec.name() + "' running, wanted each name once");
    }
    Child child = new Child(spec, runFolder, logFolder, facility, clock);
    child.start();
    children.put(spec.name(), child);
  }

  /** Ends one child and keeps it ended; returns when it has. */
  public void stop(String name) throws InterruptedException {
    Child child = child(name);
    child.beginEnding();
    child.finishEnding(clock.instant().plus(grace));
  }

  /**
   * Kills a child's process as a crash would, for tests and rehearsals; its restart rule applies.
   */
  public void crash(String name) {
    child(name).crash();
  }

  /** How one child stands. */
  public ChildStatus status(String name) {
    return child(name).status();
  }

  /** How all stand, in the order they were started. */
  public synchronized List<ChildStatus> states() {
    return children.values().stream().map(Child::status).toList();
  }

  /** Where a child's output goes. */
  public Path log(String name) {
    return logFolder.resolve(name + ".log");
  }

  private synchronized Child child(String name) {
    Child child = children.get(name);
    if (child == null) {
      throw new NoSuchElementException(
          "found no child '" + name + "', wanted one of " + children.keySet());
    }
    return child;
  }

  /**
   * Ends all children, the last phase first, then whatever they left behind, and lets go of the
   * folder.
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      for (List<Child> phase : phasesFromTheLast()) {
        phase.forEach(Child::beginEnding);
        Instant deadline = clock.instant().plus(grace);
        for (Child child : phase) {
          child.finishEnding(deadline);
        }
      }
      leftOvers.end(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(
          "interrupted while ending the facility; the next start ends what is left", e);
    } finally {
      lockFile.close();
    }
  }

  private List<List<Child>> phasesFromTheLast() {
    TreeMap<Integer, List<Child>> phases = new TreeMap<>();
    List<Child> newestFirst = new ArrayList<>(children.values()).reversed();
    for (Child child : newestFirst) {
      phases.computeIfAbsent(child.spec().phase(), _ -> new ArrayList<>()).add(child);
    }
    return List.copyOf(phases.descendingMap().values());
  }
}
