package org.gemel.agent.service;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All processes of one service, wherever they come from: started here or by an agent before, with
 * or without their first process.
 *
 * <p>They are found by a mark in their environment, which is handed down to every child, by their
 * session, and by their descent. The mark finds them even if the agent was killed before it could
 * write a number down, so a service is never started twice.
 */
final class ServiceProcesses {
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  private final ServiceSettings settings;
  private final String mark;

  ServiceProcesses(Path folder, ServiceSettings settings) {
    this.settings = settings;
    this.mark = "GEMEL_SERVICE=" + folder.toAbsolutePath().normalize().resolve(settings.name());
  }

  /**
   * Starts the service in a session of its own, without any pipe to this process: neither a signal
   * to the agent's group nor the agent's end reaches it.
   */
  Process spawn() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(setsid().toString());
    command.addAll(settings.command());
    Path logFolder = settings.log().toAbsolutePath().getParent();
    if (logFolder != null) {
      Files.createDirectories(logFolder);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(settings.directory().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
    builder.environment().putAll(settings.environment());
    int equals = mark.indexOf('=');
    builder.environment().put(mark.substring(0, equals), mark.substring(equals + 1));
    return builder.start();
  }

  /**
   * Finds those that live.
   *
   * @param leader the first process, as long as its number cannot have been given to another
   * @param known processes found before; they stay members even if their parents are gone
   */
  List<ProcessTable.Row> living(@Nullable ProcessIdentity leader, Set<ProcessIdentity> known) {
    List<ProcessTable.Row> all = ProcessTable.living();
    Set<Long> members = new HashSet<>();
    for (ProcessTable.Row row : all) {
      boolean inSession = leader != null && row.session() == leader.pid();
      if (inSession
          || row.identity().equals(leader)
          || known.contains(row.identity())
          || ProcessTable.hasInEnvironment(row.pid(), mark)) {
        members.add(row.pid());
      }
    }
    boolean more = !members.isEmpty();
    while (more) {
      more = false;
      for (ProcessTable.Row row : all) {
        more |= members.contains(row.parent()) && members.add(row.pid());
      }
    }
    members.remove(ProcessHandle.current().pid());
    return all.stream().filter(it -> members.contains(it.pid())).toList();
  }

  /** The first process of a service whose number was not written down: it leads its session. */
  Optional<ProcessIdentity> markedLeader() {
    return ProcessTable.living().stream()
        .filter(it -> it.pid() == it.session() && ProcessTable.hasInEnvironment(it.pid(), mark))
        .map(ProcessTable.Row::identity)
        .findFirst();
  }

  /** Asks the processes to end, or ends them. */
  static void signal(List<ProcessTable.Row> rows, boolean forcibly) {
    for (ProcessTable.Row row : rows) {
      // The handle remembers the start time and spares another process that got the number since;
      // looked at again because the row is older than the handle.
      Optional<ProcessHandle> handle = ProcessHandle.of(row.pid());
      if (handle.isPresent() && ProcessTable.lives(row.identity())) {
        if (forcibly) {
          handle.get().destroyForcibly();
        } else {
          handle.get().destroy();
        }
      }
    }
  }

  private static Path setsid() throws IOException {
    return SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "found no setsid in /usr/bin or /bin, wanted it to start services apart from"
                        + " the agent: install the package util-linux"));
  }
}
