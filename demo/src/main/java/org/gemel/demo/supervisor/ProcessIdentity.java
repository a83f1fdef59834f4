package org.gemel.demo.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.gemel.demo.FlatYaml;

/**
 * One process for good. A process id is used again; a process id with the kernel's tick of its
 * start and the boot it belongs to is not. Clock instants are not used, for they move when the
 * clock is set.
 *
 * @param startTick field 22 of {@code /proc/PID/stat}, see proc(5)
 * @param boot the kernel's boot id
 */
record ProcessIdentity(long pid, long startTick, String boot) {
  private static final int START_TICK_AFTER_NAME = 19;

  /** The process that has this id now, if there is one. */
  static Optional<ProcessIdentity> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name stands in parentheses and may hold anything, parentheses and spaces too.
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (afterName[0].equals("Z") || afterName[0].equals("X")) {
        return Optional.empty();
      }
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return Optional.of(
          new ProcessIdentity(pid, Long.parseLong(afterName[START_TICK_AFTER_NAME]), boot));
    } catch (IOException e) {
      // The folder of a process vanishes with it: not there is the answer, not a fault.
      return Optional.empty();
    }
  }

  static ProcessIdentity read(Path file) throws IOException {
    FlatYaml yaml = FlatYaml.read(file);
    try {
      return new ProcessIdentity(
          Long.parseLong(yaml.text("pid")), Long.parseLong(yaml.text("tick")), yaml.text("boot"));
    } catch (NumberFormatException e) {
      throw new IOException(file + ": found a pid or tick that is no number: remove the file", e);
    }
  }

  void write(Path file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("pid", Long.toString(pid));
    values.put("tick", Long.toString(startTick));
    values.put("boot", boot);
    Files.writeString(file, FlatYaml.render(values));
  }

  boolean lives() {
    return of(pid).filter(this::equals).isPresent();
  }

  void terminate() {
    if (lives()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  void kill() {
    if (lives()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
