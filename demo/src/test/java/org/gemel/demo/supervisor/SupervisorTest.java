package org.gemel.demo.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("B-43")
final class SupervisorTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private Path folder;

  @BeforeEach
  void takeAFolder(@TempDir Path fresh) {
    folder = fresh;
  }

  @Test
  void aKilledChildRunsAgainAtOnce() throws Exception {
    try (Supervisor supervisor = open(GRACE)) {
      supervisor.start(TestProcesses.shell("agent", folder, "exec sleep 1000", Restart.ALWAYS, 0));
      long first = Objects.requireNonNull(supervisor.status("agent").pid());

      supervisor.crash("agent");

      await()
          .atMost(LONG)
          .until(
              () ->
                  supervisor.status("agent").restarts() == 1
                      && supervisor.status("agent").pid() != null);
      ChildStatus after = supervisor.status("agent");
      assertThat(after.pid()).isNotEqualTo(first);
      assertThat(after.lastEnd()).isEqualTo("ended by signal 9");
      assertThat(ProcessIdentity.read(folder.resolve("run/agent.pid")).pid())
          .isEqualTo(after.pid());
    }
  }

  @Test
  void aChildThatIsToRunOnceStaysEnded() throws Exception {
    try (Supervisor supervisor = open(GRACE)) {
      supervisor.start(TestProcesses.shell("once", folder, "echo said; exit 3", Restart.NEVER, 0));

      await().atMost(LONG).until(() -> supervisor.status("once").state() == ChildState.ENDED);
      assertThat(supervisor.status("once").lastEnd()).isEqualTo("ended with status 3");
      assertThat(supervisor.log("once")).hasContent("said");
      assertThat(folder.resolve("run/once.pid")).doesNotExist();
    }
  }

  @Test
  void closingEndsPhasesInReverseAndEverythingLeftBehind() throws Exception {
    Supervisor supervisor = open(GRACE);
    String ending = "trap 'echo NAME >> ended; exit 0' TERM; echo up; while :; do sleep 0.05; done";
    supervisor.start(
        TestProcesses.shell(
            "control", folder, ending.replace("NAME", "control"), Restart.ALWAYS, 0));
    supervisor.start(
        TestProcesses.shell("agent", folder, ending.replace("NAME", "agent"), Restart.ALWAYS, 1));
    String orphaning = "(trap '' TERM; exec setsid sleep 1000) & echo $! > orphan; exit 0";
    supervisor.start(TestProcesses.shell("orphaning", folder, orphaning, Restart.NEVER, 1));
    await().atMost(LONG).until(() -> supervisor.status("orphaning").state() == ChildState.ENDED);
    await().atMost(LONG).until(() -> logged(supervisor, "control") && logged(supervisor, "agent"));
    ProcessIdentity orphan = identity("orphan");

    supervisor.close();

    assertThat(Files.readAllLines(folder.resolve("ended"))).containsExactly("agent", "control");
    assertThat(orphan.lives()).isFalse();
    assertThat(supervisor.states()).allMatch(status -> status.state() == ChildState.ENDED);
  }

  @Test
  void aChildThatIgnoresTheRequestIsKilledAfterTheGrace() throws Exception {
    Supervisor supervisor = open(Duration.ofMillis(200));
    supervisor.start(
        TestProcesses.shell(
            "deaf",
            folder,
            "trap '' TERM; echo up; while :; do sleep 0.05; done",
            Restart.ALWAYS,
            0));
    await().atMost(LONG).until(() -> logged(supervisor, "deaf"));

    supervisor.close();

    assertThat(supervisor.status("deaf").lastEnd()).isEqualTo("ended by signal 9");
  }

  @Test
  void oneFolderHasOneSupervisor() throws Exception {
    try (Supervisor _ = open(GRACE)) {
      assertThatThrownBy(() -> open(GRACE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("already running in " + folder.toRealPath())
          .hasMessageContaining("--dir");
    }
  }

  @Test
  void childrenEndWithAKilledSupervisorAndTheRestEndsAtTheNextStart() throws Exception {
    Process supervisor =
        new ProcessBuilder(TestProcesses.java(SupervisorProgram.class, folder.toString()))
            .inheritIO()
            .start();
    try {
      await()
          .atMost(LONG)
          .until(
              () ->
                  Files.exists(folder.resolve("log/watching.log"))
                      && Files.size(folder.resolve("log/watching.log")) > 0);
      await()
          .atMost(LONG)
          .until(
              () ->
                  Files.exists(folder.resolve("grandchild"))
                      && Files.size(folder.resolve("grandchild")) > 0);
      ProcessIdentity watching = ProcessIdentity.read(folder.resolve("run/watching.pid"));
      ProcessIdentity unaware = ProcessIdentity.read(folder.resolve("run/unaware.pid"));
      ProcessIdentity grandchild = identity("grandchild");

      supervisor.destroyForcibly().waitFor();

      await().atMost(LONG).until(() -> !watching.lives());
      assertThat(List.of(unaware, grandchild)).allMatch(ProcessIdentity::lives);
      try (Supervisor next = open(GRACE)) {
        assertThat(List.of(unaware, grandchild)).noneMatch(ProcessIdentity::lives);
        assertThat(next.states()).isEmpty();
      }
    } finally {
      supervisor.destroyForcibly();
    }
  }

  @Test
  void aProcessIdUsedAgainIsNotEnded() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    try {
      ProcessIdentity now = ProcessIdentity.of(stranger.pid()).orElseThrow();
      Files.createDirectories(folder.resolve("run"));
      new ProcessIdentity(now.pid(), now.startTick() - 1, now.boot())
          .write(folder.resolve("run/agent.pid"));

      try (Supervisor _ = open(GRACE)) {
        assertThat(stranger.isAlive()).isTrue();
        assertThat(folder.resolve("run/agent.pid")).doesNotExist();
      }
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aLongLogIsSetAsideAtTheNextStart() throws Exception {
    Files.createDirectories(folder.resolve("log"));
    Files.write(folder.resolve("log/agent.log"), new byte[(int) ChildLog.LARGEST_BYTES + 1]);
    try (Supervisor supervisor = open(GRACE)) {
      supervisor.start(TestProcesses.shell("agent", folder, "exec sleep 1000", Restart.ALWAYS, 0));

      assertThat(folder.resolve("log/agent.log.1")).hasSize(ChildLog.LARGEST_BYTES + 1);
      assertThat(folder.resolve("log/agent.log")).isEmptyFile();
    }
  }

  private Supervisor open(Duration grace) throws IOException, InterruptedException {
    return Supervisor.open(folder, grace, Clock.systemUTC());
  }

  private static boolean logged(Supervisor supervisor, String name) throws IOException {
    return Files.size(supervisor.log(name)) > 0;
  }

  private ProcessIdentity identity(String pidFile) throws IOException {
    return ProcessIdentity.of(Long.parseLong(Files.readString(folder.resolve(pidFile)).strip()))
        .orElseThrow();
  }
}
