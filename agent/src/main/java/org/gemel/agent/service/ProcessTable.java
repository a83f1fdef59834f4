package org.gemel.agent.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machine's processes as the kernel shows them in {@code /proc}, see proc(5). */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  /** A process that is not dead. */
  record Row(ProcessIdentity identity, long parent, long session, char state) {
    long pid() {
      return identity.pid();
    }
  }

  /**
   * All processes that live now; one that is dead and not yet buried by its parent is not among
   * them.
   */
  static List<Row> living() {
    List<Row> rows = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        row(Long.parseLong(folder.getFileName().toString())).ifPresent(rows::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("found /proc unreadable, wanted the list of processes", e);
    }
    return rows;
  }

  static boolean lives(ProcessIdentity identity) {
    return row(identity.pid()).filter(it -> it.identity().equals(identity)).isPresent();
  }

  static Optional<Row> row(long pid) {
    String line;
    try {
      line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Between the list and the look it ended; the kernel says so as "no such file" or "no such
      // process".
      return Optional.empty();
    }
    // The program's name stands in parentheses and may itself hold blanks and parentheses.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    char state = fields[0].charAt(0);
    if (state == 'Z' || state == 'X') {
      return Optional.empty();
    }
    ProcessIdentity identity = new ProcessIdentity(pid, Long.parseLong(fields[19]));
    return Optional.of(
        new Row(identity, Long.parseLong(fields[1]), Long.parseLong(fields[3]), state));
  }

  /** Whether the process was started with exactly this setting in its environment. */
  static boolean hasInEnvironment(long pid, String setting) {
    try {
      String environment =
          Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
      String wanted =
          new String(setting.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + wanted + "\0");
    } catch (IOException e) {
      // It ended, or belongs to somebody else who does not show it: then it is none of ours.
      return false;
    }
  }

  /** Changes at every boot of the machine. */
  static String boot() throws IOException {
    return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
  }
}
