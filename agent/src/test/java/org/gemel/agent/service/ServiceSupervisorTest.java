package org.gemel.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.gemel.agent.base.Answer;
import org.gemel.wire.protocol.ServiceState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceSupervisorTest {
  @TempDir Path folder;
  private @Nullable ServiceSupervisor supervisor;

  @AfterEach
  void end() {
    if (supervisor != null) {
      supervisor.shutDown();
    }
  }

  @Test
  @Tag("M-14")
  @Tag("M-22")
  void runsWhatIsStartedAndNothingOfItIsLeftWhenStopped() throws IOException {
    ServiceSettings tree =
        Bench.shell(folder, "tree", "sleep 1000 & setsid sleep 1000 & env -i sleep 1000 & wait");
    ServiceSupervisor it = supervise(tree);
    assertThat(Bench.only(it).getState()).isEqualTo("STOPPED");
    assertThat(it.start("tree").done()).isTrue();
    assertThat(Bench.only(it).getState()).isEqualTo("RUNNING");
    Bench.until("all four run", () -> it.processes().size() == 4);
    var processes = it.processes();
    assertThat(it.stop("tree")).isEqualTo(Answer.done("tree: stopped, no process is left"));
    assertThat(processes).allSatisfy(pid -> assertThat(ProcessTable.row(pid)).isEmpty());
    assertThat(Bench.only(it).getState()).isEqualTo("STOPPED");
  }

  @Test
  void killsWhatDoesNotEndByItself() throws IOException {
    ServiceSettings deaf =
        Bench.shell(
            folder, "deaf", Duration.ofMillis(200), "trap '' TERM; while :; do sleep 1000; done");
    ServiceSupervisor it = supervise(deaf);
    it.start("deaf");
    assertThat(it.stop("deaf").done()).isTrue();
    assertThat(Bench.living(folder, deaf)).isEmpty();
  }

  @Test
  void startsAgainWhatDiedAfterEndingWhatWasLeftOfIt() throws IOException {
    ServiceSettings service = Bench.shell(folder, "player", "echo up; sleep 1000 & wait");
    ServiceSupervisor it = supervise(service);
    it.start("player");
    Bench.until("its child runs", () -> it.processes().size() == 2);
    var before = it.processes();
    long first = Bench.leaders(folder, service).getFirst();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    Bench.until("it runs again", () -> Bench.lines(service.log()) == 2);
    Bench.until("its child runs again", () -> it.processes().size() == 2);
    assertThat(it.processes()).doesNotContainAnyElementsOf(before);
    Bench.until("it is shown", () -> Bench.only(it).getState().equals("RUNNING"));
  }

  @Test
  @Tag("M-14")
  void whatDiesAgainAndAgainIsFailedWithItsLastWordsAndTriedOn() throws IOException {
    ServiceSettings service =
        Bench.shell(folder, "player", "test -e cured && exec sleep 1000; echo no licence; exit 7");
    ServiceSupervisor it = supervise(service);
    Answer answer = it.start("player");
    assertThat(answer.done()).isFalse();
    assertThat(answer.words()).contains("player FAILED", "exit code 7", "no licence");
    assertThat(Bench.only(it).getState()).isEqualTo("FAILED");
    Files.createFile(folder.resolve("cured"));
    Bench.until("it runs", () -> Bench.leaders(folder, service).size() == 1 && stays(service));
    assertThat(it.start("player").done()).isTrue();
    assertThat(Bench.only(it).getWords()).isEmpty();
  }

  @Test
  void programThatIsMissingIsNamed() throws IOException {
    ServiceSettings service =
        new ServiceSettings("player", List.of("/no/such/program"), folder, folder.resolve("log"));
    assertThat(supervise(service).start("player").words()).contains("/no/such/program");
  }

  @Test
  void folderThatIsMissingIsNamed() throws IOException {
    ServiceSettings service =
        new ServiceSettings(
            "player", List.of("sleep", "1000"), folder.resolve("gone"), folder.resolve("log"));
    Answer answer = supervise(service).start("player");
    assertThat(answer.done()).isFalse();
    assertThat(answer.words()).contains("gone");
  }

  @Test
  void laterWishCounts() throws IOException {
    ServiceSettings service =
        Bench.shell(folder, "slow", "trap 'sleep 0.3; exit' TERM; while :; do sleep 0.05; done");
    ServiceSupervisor it = supervise(service);
    it.start("slow");
    Thread stop = Thread.ofVirtual().start(() -> it.stop("slow"));
    Bench.until("it is being stopped", () -> !Bench.only(it).getState().equals("RUNNING"));
    assertThat(it.start("slow").done()).isTrue();
    Bench.until("the first wish is answered", () -> !stop.isAlive());
    assertThat(Bench.leaders(folder, service)).hasSize(1);
  }

  @Test
  @Tag("M-25")
  void restartTwiceEndsAndStartsTwiceOnlyWhatShouldRun() throws IOException {
    ServiceSettings player = Bench.shell(folder, "player", "echo up; exec sleep 1000");
    ServiceSettings other = Bench.shell(folder, "other", "echo up; exec sleep 1000");
    ServiceSupervisor it = supervise(player, other);
    it.start("player");
    assertThat(it.restartAll(2).done()).isTrue();
    assertThat(Bench.lines(player.log())).isEqualTo(3);
    assertThat(it.restartAll(0).done()).isTrue();
    assertThat(Bench.lines(player.log())).isEqualTo(3);
    assertThat(it.states().stream().map(ServiceState::getState))
        .containsExactly("RUNNING", "STOPPED");
  }

  @Test
  @Tag("M-25")
  void restartWorksOnAServiceThatHangs() throws IOException {
    ServiceSettings service =
        Bench.shell(folder, "player", Duration.ofMillis(200), "echo up; kill -STOP $$");
    ServiceSupervisor it = supervise(service);
    it.start("player");
    assertThat(it.restartAll(1).done()).isTrue();
    Bench.until("it came up again", () -> Bench.lines(service.log()) == 2);
  }

  @Test
  void serviceThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
    ServiceSupervisor it = supervise(Bench.shell(folder, "player", "sleep 1000"));
    assertThatThrownBy(() -> it.start("plyer"))
        .hasMessageContaining("plyer")
        .hasMessageContaining("[player]");
  }

  private boolean stays(ServiceSettings service) {
    return Bench.living(folder, service).stream()
        .anyMatch(
            it ->
                ProcessHandle.of(it.pid())
                    .flatMap(h -> h.info().command())
                    .orElse("")
                    .endsWith("sleep"));
  }

  private ServiceSupervisor supervise(ServiceSettings... services) throws IOException {
    ServiceSupervisor made = Bench.supervise(folder, services);
    supervisor = made;
    return made;
  }
}
