package org.gemel.demo.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A supervisor in a process of its own, to be killed; it runs one child that watches it and one
 * that does not.
 */
final class SupervisorProgram {
  private SupervisorProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    Supervisor supervisor = Supervisor.open(folder, Duration.ofSeconds(5), Clock.systemUTC());
    supervisor.start(
        new ChildSpec(
            "watching",
            TestProcesses.java(SupervisedProgram.class),
            Map.of(),
            folder,
            Restart.ALWAYS,
            0));
    supervisor.start(
        TestProcesses.shell(
            "unaware", folder, "sleep 1000 & echo $! > grandchild; wait", Restart.ALWAYS, 0));
    new CountDownLatch(1).await();
  }
}
