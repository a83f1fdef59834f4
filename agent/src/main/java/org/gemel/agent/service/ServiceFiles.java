package org.gemel.agent.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.agent.base.DurableFile;

/**
 * What is kept of a service over an end of the agent: whether it should run, and which process it
 * is. The process is known by number, start time and boot of the machine.
 */
final class ServiceFiles {
  /** The first process of a service, and when it was started (milliseconds since 1970). */
  record Leader(ProcessIdentity identity, long sinceMilliseconds) {}

  private final Path wanted;
  private final Path leader;

  ServiceFiles(Path folder, String service) {
    wanted = folder.resolve(service + ".wanted");
    leader = folder.resolve(service + ".pid");
  }

  boolean isWanted() throws IOException {
    try {
      String found = Files.readString(wanted).strip();
      return switch (found) {
        case "running" -> true;
        case "stopped" -> false;
        default ->
            throw new IOException(
                "found '"
                    + found
                    + "' in "
                    + wanted
                    + ", wanted running or stopped: write one of them");
      };
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  void setWanted(boolean running) throws IOException {
    DurableFile.replace(wanted, bytes(running ? "running\n" : "stopped\n"));
  }

  void setLeader(Leader started) throws IOException {
    String line =
        "%d %d %d %s%n"
            .formatted(
                started.identity().pid(),
                started.identity().startTicks(),
                started.sinceMilliseconds(),
                ProcessTable.boot());
    DurableFile.replace(leader, bytes(line));
  }

  void clearLeader() throws IOException {
    Files.deleteIfExists(leader);
  }

  /** The process as it was written down, if it can still be the same one: since the same boot. */
  Optional<Leader> leader() throws IOException {
    String[] found;
    try {
      found = Files.readString(leader).strip().split(" ", -1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      if (found.length != 4 || !found[3].equals(ProcessTable.boot())) {
        return Optional.empty();
      }
      ProcessIdentity identity =
          new ProcessIdentity(Long.parseLong(found[0]), Long.parseLong(found[1]));
      return Optional.of(new Leader(identity, Long.parseLong(found[2])));
    } catch (NumberFormatException e) {
      throw new IOException(
          "found "
              + leader
              + " unreadable, wanted four numbers: delete it and start the agent again",
          e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
