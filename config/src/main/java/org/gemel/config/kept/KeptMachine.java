package org.gemel.config.kept;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The configuration of one machine.
 *
 * @param machine its name in the facility
 * @param changed when the youngest of its files was changed
 * @param files at least one; the first is the one that starts it
 * @param sealedWith which recovery key opens the sealed ones ({@link RecoveryKey#id}); empty if
 *     none is sealed
 */
public record KeptMachine(
    String machine, MachineKind kind, Instant changed, List<KeptFile> files, String sealedWith) {
  /** The name that control points keep theirs under; no device may have it. */
  public static final String CONTROL_POINT = "control-point";

  /** As devices are named; what does not match never becomes a file's name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  public KeptMachine {
    if (!isName(machine)) {
      throw new IllegalArgumentException(
          "found the machine '"
              + machine
              + "', wanted up to 100 letters, digits, dots, dashes or underscores");
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("found no file of " + machine + ", wanted one at least");
    }
    var places = new HashSet<Path>();
    for (var file : files) {
      if (!places.add(file.place())) {
        throw new IllegalArgumentException(
            "found " + file.place() + " twice in what is kept of " + machine);
      }
    }
    files = List.copyOf(files);
  }

  /** A machine without sealed files. */
  public KeptMachine(String machine, MachineKind kind, Instant changed, List<KeptFile> files) {
    this(machine, kind, changed, files, "");
  }

  static boolean isName(String machine) {
    return NAME.matcher(machine).matches();
  }

  /** The file that starts this machine. */
  public Path start() {
    return files.getFirst().place();
  }
}
