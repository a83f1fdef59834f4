package org.gemel.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent is killed; its services are not. */
@Tag("B-01")
final class KilledSupervisorTest {
  @TempDir Path folder;

  @AfterEach
  void end() throws IOException {
    Bench.supervise(folder, SupervisingChild.service(folder)).shutDown();
  }

  @Test
  void servicesGoOnAndAreTakenUpByTheNextAgent() throws Exception {
    ServiceSettings service = SupervisingChild.service(folder);
    Process agent = agent();
    try (BufferedReader said = agent.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("ready");
      assertThat(said.readLine()).isEqualTo("player: running");
      agent.toHandle().destroyForcibly();
      assertThat(said.readLine()).as("services hold no pipe of the agent").isNull();
    }
    agent.waitFor();
    long leader = Bench.leaders(folder, service).getFirst();
    try (ServiceSupervisor next = Bench.supervise(folder, service)) {
      assertThat(next.startAll().done()).isTrue();
      assertThat(Bench.leaders(folder, service)).containsExactly(leader);
      assertThat(Bench.lines(service.log())).isEqualTo(1);
      assertThat(next.stopAll().done()).isTrue();
    }
    assertThat(Bench.living(folder, service)).isEmpty();
  }

  @Test
  void killedAtAnyMomentOfAStartNothingRunsTwice() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    ServiceSettings service = SupervisingChild.service(folder);
    for (int round = 0; round < 6; round++) {
      Process agent = agent();
      try (BufferedReader said = agent.inputReader(StandardCharsets.UTF_8)) {
        assertThat(said.readLine()).isEqualTo("ready");
        LockSupport.parkNanos(random.nextLong(40_000_000));
        agent.toHandle().destroyForcibly();
      }
      agent.waitFor();
      try (ServiceSupervisor next = Bench.supervise(folder, service)) {
        assertThat(next.startAll().done()).isTrue();
        assertThat(Bench.leaders(folder, service)).as("round %d", round).hasSize(1);
        next.stopAll();
      }
    }
  }

  @Test
  void processThatWasNeverWrittenDownIsFoundAllTheSame() throws Exception {
    ServiceSettings service = SupervisingChild.service(folder);
    try (ServiceSupervisor first = Bench.supervise(folder, service)) {
      first.startAll();
    }
    long leader = Bench.leaders(folder, service).getFirst();
    Files.delete(folder.resolve("state/player.pid"));
    try (ServiceSupervisor next = Bench.supervise(folder, service)) {
      assertThat(next.startAll().done()).isTrue();
      assertThat(Bench.leaders(folder, service)).containsExactly(leader);
    }
  }

  @Test
  void anotherProcessUnderTheOldNumberIsLeftAlone() throws Exception {
    ServiceSettings service = SupervisingChild.service(folder);
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    try {
      long started = ProcessTable.row(stranger.pid()).orElseThrow().identity().startTicks();
      ServiceFiles files =
          new ServiceFiles(Files.createDirectories(folder.resolve("state")), "player");
      files.setLeader(new ServiceFiles.Leader(new ProcessIdentity(stranger.pid(), started - 1), 1));
      try (ServiceSupervisor supervisor = Bench.supervise(folder, service)) {
        assertThat(supervisor.startAll().done()).isTrue();
        assertThat(supervisor.processes()).doesNotContain(stranger.pid());
        supervisor.stopAll();
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatShouldRunIsStartedByTheNextAgentAndWhatShouldNotIsEnded() throws Exception {
    ServiceSettings service = SupervisingChild.service(folder);
    try (ServiceSupervisor first = Bench.supervise(folder, service)) {
      first.startAll();
      first.shutDown();
    }
    assertThat(Bench.living(folder, service)).isEmpty();
    try (ServiceSupervisor next = Bench.supervise(folder, service)) {
      Bench.until("it runs by itself", () -> Bench.only(next).getState().equals("RUNNING"));
    }
    new ServiceFiles(folder.resolve("state"), "player").setWanted(false);
    try (ServiceSupervisor next = Bench.supervise(folder, service)) {
      Bench.until("it is ended", () -> Bench.only(next).getState().equals("STOPPED"));
      assertThat(Bench.living(folder, service)).isEmpty();
    }
  }

  private Process agent() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SupervisingChild.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
