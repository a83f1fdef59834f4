package org.gemel.agent.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** An agent's process with nothing but its services; it is meant to be killed. */
final class SupervisingChild {
  private SupervisingChild() {}

  static ServiceSettings service(Path folder) {
    return Bench.shell(folder, "player", "echo up; sleep 1000 & wait");
  }

  @SuppressWarnings("resource") // it ends by being killed
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    ServiceSupervisor supervisor = Bench.supervise(folder, service(folder));
    System.out.println("ready");
    System.out.println(supervisor.startAll().words());
    while (true) {
      LockSupport.park();
    }
  }
}
