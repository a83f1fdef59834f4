package org.gemel.demo.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds and ends the processes of a facility that nobody watches any more.
 *
 * <p>Three marks, because each misses some: the pid files name the children; the variable {@value
 * #MARK} in a process's environment names their descendants, also those whose parent is dead; a
 * PostgreSQL server overwrites its environment with its title, so it is known by {@code
 * postmaster.pid} in the folder it works in.
 */
final class LeftOvers {
  static final String MARK = "GEMEL_DEMO_FOLDER";

  private final Path facility;
  private final Path runFolder;

  LeftOvers(Path facility, Path runFolder) {
    this.facility = facility;
    this.runFolder = runFolder;
  }

  /** Ends all of them: asked first, killed after the grace. Returns what was ended. */
  Set<ProcessIdentity> end(Duration grace) throws IOException, InterruptedException {
    Set<ProcessIdentity> found = find();
    found.forEach(ProcessIdentity::terminate);
    long end = System.nanoTime() + grace.toNanos();
    while (System.nanoTime() < end && found.stream().anyMatch(ProcessIdentity::lives)) {
      Thread.sleep(10);
    }
    Set<ProcessIdentity> stubborn = find();
    stubborn.addAll(found);
    stubborn.forEach(ProcessIdentity::kill);
    end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (stubborn.stream().anyMatch(ProcessIdentity::lives)) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "found processes of this facility that do not end although killed: " + stubborn);
      }
      Thread.sleep(10);
    }
    removePidFiles();
    return found;
  }

  Set<ProcessIdentity> find() throws IOException {
    Set<ProcessIdentity> found = new LinkedHashSet<>();
    for (Path file : pidFiles()) {
      ProcessIdentity recorded = ProcessIdentity.read(file);
      if (recorded.lives()) {
        found.add(recorded);
      }
    }
    String wanted = MARK + "=" + facility;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (environmentHolds(process, wanted) || isServerOfThisFacility(process)) {
          ProcessIdentity.of(Long.parseLong(process.getFileName().toString()))
              .ifPresent(found::add);
        }
      }
    }
    found.removeIf(identity -> identity.pid() == ProcessHandle.current().pid());
    return found;
  }

  private static boolean environmentHolds(Path process, String wanted) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return Arrays.asList(new String(environment, StandardCharsets.UTF_8).split("\0", -1))
          .contains(wanted);
    } catch (IOException e) {
      // Ended meanwhile, or another user's: neither is one of ours.
      return false;
    }
  }

  private boolean isServerOfThisFacility(Path process) {
    try {
      Path workingFolder = Files.readSymbolicLink(process.resolve("cwd"));
      if (!workingFolder.startsWith(facility)) {
        return false;
      }
      Optional<String> pid =
          Files.readAllLines(workingFolder.resolve("postmaster.pid")).stream().findFirst();
      return pid.filter(process.getFileName().toString()::equals).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private List<Path> pidFiles() throws IOException {
    try (var files = Files.list(runFolder)) {
      return files.filter(file -> file.toString().endsWith(".pid")).sorted().toList();
    }
  }

  private void removePidFiles() throws IOException {
    for (Path file : pidFiles()) {
      Files.deleteIfExists(file);
    }
  }
}
