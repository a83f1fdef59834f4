package org.gemel.agent.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.gemel.wire.protocol.ServiceState;

/** A folder with services made of small shell scripts, and a look at what really runs. */
final class Bench {
  private Bench() {}

  static ServiceSettings shell(Path folder, String name, Duration grace, String script) {
    return new ServiceSettings(
        name,
        List.of("/bin/sh", "-c", script),
        folder,
        Map.of(),
        folder.resolve(name + ".log"),
        Optional.empty(),
        grace);
  }

  static ServiceSettings shell(Path folder, String name, String script) {
    return shell(folder, name, ServiceSettings.DEFAULT_GRACE, script);
  }

  static ServiceSupervisor supervise(Path folder, ServiceSettings... services) throws IOException {
    return new ServiceSupervisor(
        folder.resolve("state"), List.of(services), InstantSource.system(), state -> {});
  }

  /** What lives of a service, seen from outside. */
  static List<ProcessTable.Row> living(Path folder, ServiceSettings service) {
    return new ServiceProcesses(folder.resolve("state"), service).living(null, java.util.Set.of());
  }

  static List<Long> leaders(Path folder, ServiceSettings service) {
    return living(folder, service).stream()
        .filter(it -> it.pid() == it.session())
        .map(ProcessTable.Row::pid)
        .toList();
  }

  static ServiceState only(ServiceSupervisor supervisor) {
    return supervisor.states().getFirst();
  }

  static int lines(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      return 0;
    }
  }

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited 20 seconds in vain until " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
