package org.gemel.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.wire.LinkSecurity;
import org.gemel.wire.protocol.AgentLinkGrpc;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.Hello;
import org.gemel.wire.protocol.MarkVolume;
import org.gemel.wire.protocol.RunFolderPass;
import org.gemel.wire.protocol.StartFolderMirror;
import org.gemel.wire.protocol.ToAgent;
import org.gemel.wire.protocol.WireRole;
import org.gemel.wire.protocol.WireSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
  @TempDir private Path folder;
  private ControlPointStub control;
  private AgentConfiguration configuration;
  private Agent agent;

  @BeforeEach
  void aNasHeadOfX() throws Exception {
    control = new ControlPointStub();
    for (var side : new String[] {"X", "Y"}) {
      var volume = Files.createDirectories(folder.resolve("volumes").resolve(side));
      Files.writeString(
          volume.resolve(".gemel-volume"), "volume: volume-" + side + "\nside: " + side + "\n");
    }
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        device: nas-x
        control: ["%s"]
        identity: identity
        state: state
        folderMirror:
          side: X
          volumes:
            X: {folder: volumes/X, volume: volume-X}
            Y: {folder: volumes/Y, volume: volume-Y}
          profiles:
            - {name: projects, folder: Projects, schedule: every 1s}
        """
            .formatted(control.address()));
    configuration = AgentConfiguration.load(folder.resolve("agent.yaml"));
    control.enrol("nas-x", configuration.identity());
    Files.createDirectories(folder.resolve("volumes/X/Projects"));
    Files.createDirectories(folder.resolve("volumes/Y/Projects"));
    agent = Agent.start(configuration, InstantSource.system());
    control.await(FromAgent::hasReport);
  }

  @AfterEach
  void end() throws Exception {
    agent.end();
    control.close();
  }

  @Test
  void isKnownByTheNameInItsCertificate() {
    assertThat(control.devices()).containsOnly("nas-x");
  }

  @Test
  void whoShowsNoCertificateIsRefused() throws Exception {
    var channel =
        NettyChannelBuilder.forAddress(
                control.address().host(),
                control.address().port(),
                LinkSecurity.pinned(control.authority().fingerprint()))
            .build();
    try {
      var answer = new CompletableFuture<ToAgent>();
      AgentLinkGrpc.newStub(channel)
          .connect(
              new StreamObserver<>() {
                @Override
                public void onNext(ToAgent message) {
                  answer.complete(message);
                }

                @Override
                public void onError(Throwable cause) {
                  answer.completeExceptionally(cause);
                }

                @Override
                public void onCompleted() {
                  answer.cancel(false);
                }
              })
          .onNext(FromAgent.newBuilder().setHello(Hello.getDefaultInstance()).build());
      assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(io.grpc.StatusRuntimeException.class)
          .rootCause()
          .matches(e -> Status.fromThrowable(e).getCode() == Status.Code.UNAUTHENTICATED);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  @Tag("B-01")
  void anOutcomeIsToldAgainUntilItWasSeenOverABrokenLineAndARestart() throws Exception {
    control.send(mark("m1", WireRole.ROLE_MAIN, 3));
    var outcome = control.awaitOutcome("m1");
    assertThat(outcome.getDone()).as(outcome.getWords()).isTrue();

    control.stop();
    control.start();
    assertThat(control.awaitOutcome("m1")).isEqualTo(outcome);

    agent.end();
    agent = Agent.start(configuration, InstantSource.system());
    assertThat(control.awaitOutcome("m1")).isEqualTo(outcome);
    Files.delete(folder.resolve("volumes/X/.gemel-role"));
    control.send(mark("m1", WireRole.ROLE_MAIN, 3));
    assertThat(control.awaitOutcome("m1")).isEqualTo(outcome);
    assertThat(folder.resolve("volumes/X/.gemel-role")).as("not acted again").doesNotExist();

    control.seen("m1");
    control.send(mark("m2", WireRole.ROLE_MAIN, 3));
    control.awaitOutcome("m2");
    control.stop();
    control.start();
    assertThat(control.await(FromAgent::hasOutcome).getOutcome().getCommand()).isEqualTo("m2");
  }

  @Test
  void aReportCarriesTheLookItWasMadeAfter() throws Exception {
    control.look(41);
    Files.writeString(folder.resolve("volumes/X/.gemel-role"), "role: main\nepoch: 9\n");
    control.look(42);
    var report = control.awaitReport(it -> it.getLook() >= 42);
    assertThat(report.getVolume().getRoleEpoch()).isEqualTo(9);
    assertThat(report.getVolume().getReachable()).isTrue();
  }

  @Test
  void aCommandOfAnOlderControlPointIsRefusedAndSoIsItself() throws Exception {
    control.send(mark("old", WireRole.ROLE_MAIN, 3).toBuilder().setActingEpoch(6).build());
    assertThat(control.awaitOutcome("old").getWords()).contains("epoch 6");

    control.stop();
    control.actsIn(ControlPointStub.EPOCH - 1);
    control.start();
    control.await(FromAgent::hasHello);
    control.await(FromAgent::hasHello);
    control.actsIn(ControlPointStub.EPOCH + 1);
    control.await(FromAgent::hasReport);
  }

  @Test
  @Tag("M-54")
  @Tag("B-31")
  void theFolderMirrorGoesOnByItselfAfterARestartWithoutAControlPoint() throws Exception {
    markBoth();
    control.send(
        Command.newBuilder()
            .setId("start")
            .setActingEpoch(ControlPointStub.EPOCH)
            .setStartFolderMirror(
                StartFolderMirror.newBuilder().setFrom(WireSide.SIDE_X).setRoleEpoch(5))
            .build());
    assertThat(control.awaitOutcome("start").getWords()).contains("runs from X");
    agent.end();
    control.stop();

    Files.writeString(folder.resolve("volumes/X/Projects/cut.txt"), "one");
    agent = Agent.start(configuration, InstantSource.system());
    Eventually.until(() -> Files.exists(folder.resolve("volumes/Y/Projects/cut.txt")));
    control.start();
    assertThat(control.awaitReport(it -> true).getFolderMirror().getRunning()).isTrue();
  }

  @Test
  @Tag("M-54")
  void aLateMirrorOfAnOldMainIsRefused() throws Exception {
    markBoth();
    Files.writeString(folder.resolve("volumes/X/Projects/cut.txt"), "one");
    control.send(pass("p1", 5));
    var first = control.awaitOutcome("p1");
    assertThat(first.getDone()).as(first.getWords()).isTrue();
    assertThat(first.getPass().getCreated()).isEqualTo(1);
    assertThat(first.getPass().getEqual()).isTrue();

    // Y became main while this NAS head heard nothing of it.
    Files.writeString(folder.resolve("volumes/Y/.gemel-role"), "role: main\nepoch: 6\n");
    Files.writeString(folder.resolve("volumes/Y/Projects/new.txt"), "two");
    control.send(pass("p2", 6));
    var late = control.awaitOutcome("p2");
    assertThat(late.getDone()).isFalse();
    assertThat(late.getWords()).contains("found volume Y marked MAIN by change 6");
    assertThat(folder.resolve("volumes/Y/Projects/new.txt")).exists();
  }

  @Test
  void anOlderMarkIsRefused() throws Exception {
    control.send(mark("m1", WireRole.ROLE_BACKUP, 6));
    assertThat(control.awaitOutcome("m1").getDone()).isTrue();
    control.send(mark("m2", WireRole.ROLE_MAIN, 5));
    assertThat(control.awaitOutcome("m2").getWords()).contains("roles have changed since");
    assertThat(folder.resolve("volumes/X/.gemel-role")).hasContent("role: backup\nepoch: 6");
  }

  @Test
  void aSecondAgentOnTheSameStateIsRefused() {
    assertThatThrownBy(() -> Agent.start(configuration, InstantSource.system()))
        .hasMessageContaining("another one runs");
  }

  private void markBoth() throws Exception {
    control.send(mark("mark", WireRole.ROLE_MAIN, 5));
    assertThat(control.awaitOutcome("mark").getDone()).isTrue();
    Files.writeString(folder.resolve("volumes/Y/.gemel-role"), "role: backup\nepoch: 5\n");
  }

  private static Command mark(String id, WireRole role, long epoch) {
    return Command.newBuilder()
        .setId(id)
        .setActingEpoch(ControlPointStub.EPOCH)
        .setMarkVolume(MarkVolume.newBuilder().setRole(role).setRoleEpoch(epoch))
        .build();
  }

  private static Command pass(String id, long epoch) {
    return Command.newBuilder()
        .setId(id)
        .setActingEpoch(ControlPointStub.EPOCH)
        .setRunFolderPass(RunFolderPass.newBuilder().setFrom(WireSide.SIDE_X).setRoleEpoch(epoch))
        .build();
  }
}
