package org.gemel.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.wire.protocol.AttachMount;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.ProveReach;
import org.gemel.wire.protocol.ReleaseMount;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.Restart;
import org.gemel.wire.protocol.SelectVariant;
import org.gemel.wire.protocol.StartService;
import org.gemel.wire.protocol.StopService;
import org.gemel.wire.protocol.WireSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A switchable device with a service that has variants, seen from the control point. */
class DeviceTest {
  @TempDir private Path folder;
  private ControlPointStub control;
  private AgentConfiguration configuration;
  private Agent agent;
  private int commands;

  @BeforeEach
  void anEditor() throws Exception {
    control = new ControlPointStub();
    for (var side : new String[] {"X", "Y"}) {
      var volume = Files.createDirectories(folder.resolve(side));
      Files.writeString(
          volume.resolve(".gemel-volume"), "volume: volume-" + side + "\nside: " + side + "\n");
      Files.writeString(folder.resolve("editor." + side), "side " + side);
    }
    Files.writeString(folder.resolve("editor.active"), "side X");
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        device: editor1
        control: ["%s"]
        identity: identity
        state: state
        stopServicesOnExit: true
        mount:
          link: V
          sides:
            X: {folder: X, volume: volume-X}
            Y: {folder: Y, volume: volume-Y}
        services:
          - name: editor
            command: [sh, -c, "echo started; exec sleep 600"]
            log: editor.log
            variants:
              active: editor.active
              sides: {X: editor.X, Y: editor.Y}
        """
            .formatted(control.address()));
    configuration = AgentConfiguration.load(folder.resolve("agent.yaml"));
    control.enrol("editor1", configuration.identity());
    agent = Agent.start(configuration, InstantSource.system());
    control.awaitReport(it -> state(it).equals("RUNNING"));
  }

  @AfterEach
  void end() throws Exception {
    agent.end();
    control.close();
  }

  @Test
  @Tag("M-24")
  @Tag("M-04")
  void movesToASideAndBackAndRestartsOnTheWay() throws Exception {
    var reach =
        order(Command.newBuilder().setProveReach(ProveReach.newBuilder().setSide(WireSide.SIDE_Y)));
    assertThat(reach).isEmpty();
    for (var side : new WireSide[] {WireSide.SIDE_X, WireSide.SIDE_Y, WireSide.SIDE_X}) {
      assertThat(order(release())).isEmpty();
      assertThat(folder.resolve("V")).doesNotExist();
      long before = starts();
      assertThat(order(attach(side, 2))).isEmpty();
      var report = control.awaitReport(it -> it.getMount().getSide() == side);
      assertThat(report.getMount().getProven()).isTrue();
      assertThat(state(report)).isEqualTo("RUNNING");
      assertThat(starts() - before).isEqualTo(3);
    }
  }

  @Test
  @Tag("M-24")
  void aWrongVolumeIsNotWorkedOn() throws Exception {
    assertThat(order(release())).isEmpty();
    Files.writeString(folder.resolve("Y/.gemel-volume"), "volume: another\nside: Y\n");
    assertThat(order(attach(WireSide.SIDE_Y, 0))).contains("another").contains("volume-Y");
    assertThat(state(control.awaitReport(it -> true))).isEqualTo("STOPPED");
  }

  @Test
  @Tag("M-22")
  @Tag("M-14")
  void aServiceIsPointedAtASideOnlyWhileItIsStopped() throws Exception {
    var point =
        Command.newBuilder()
            .setSelectVariant(
                SelectVariant.newBuilder().setService("editor").setSide(WireSide.SIDE_Y));
    assertThat(order(point)).contains("wanted it STOPPED");
    assertThat(
            order(
                Command.newBuilder().setStopService(StopService.newBuilder().setService("editor"))))
        .isEmpty();
    assertThat(order(point)).isEmpty();
    assertThat(folder.resolve("editor.active")).hasContent("side Y");
    var report = control.awaitReport(it -> it.getServices(0).getPointsAt() == WireSide.SIDE_Y);
    assertThat(state(report)).isEqualTo("STOPPED");
    assertThat(
            order(
                Command.newBuilder()
                    .setStartService(StartService.newBuilder().setService("editor"))))
        .isEmpty();
    control.awaitReport(it -> state(it).equals("RUNNING"));
  }

  @Test
  @Tag("M-25")
  void aRestartEndsAndStartsTheWork() throws Exception {
    long before = starts();
    assertThat(order(Command.newBuilder().setRestart(Restart.newBuilder().setTimes(2)))).isEmpty();
    assertThat(starts() - before).isEqualTo(2);
  }

  @Test
  void aStoppedServiceStaysStoppedOverARestartOfTheAgent() throws Exception {
    assertThat(
            order(
                Command.newBuilder().setStopService(StopService.newBuilder().setService("editor"))))
        .isEmpty();
    agent.end();
    agent = Agent.start(configuration, InstantSource.system());
    control.await(FromAgent::hasHello);
    assertThat(state(control.awaitReport(it -> true))).isEqualTo("STOPPED");
  }

  /** Empty if it was done, else why not. */
  private String order(Command.Builder command) throws InterruptedException {
    var id = "command-" + ++commands;
    control.send(command.setId(id).setActingEpoch(ControlPointStub.EPOCH).build());
    var outcome = control.awaitOutcome(id);
    return outcome.getDone() ? "" : outcome.getWords();
  }

  private static Command.Builder release() {
    return Command.newBuilder().setReleaseMount(ReleaseMount.getDefaultInstance());
  }

  private static Command.Builder attach(WireSide side, int restarts) {
    return Command.newBuilder()
        .setAttachMount(AttachMount.newBuilder().setSide(side).setRestarts(restarts));
  }

  private long starts() throws Exception {
    return Files.readAllLines(folder.resolve("editor.log")).stream()
        .filter("started"::equals)
        .count();
  }

  private static String state(Report report) {
    return report.getServicesCount() == 0 ? "" : report.getServices(0).getState();
  }
}
