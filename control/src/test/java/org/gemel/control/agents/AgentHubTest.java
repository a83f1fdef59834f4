package org.gemel.control.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.gemel.control.kept.GatheredConfigurations;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.Hello;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.ReadPosition;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.ToAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class AgentHubTest {
  private static final Command COMMAND =
      Command.newBuilder()
          .setId("000001/01-x/1/db-x-read-position-1")
          .setReadPosition(ReadPosition.getDefaultInstance())
          .build();

  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final AgentHub hub =
      new AgentHub(
          Clock.systemUTC(),
          7,
          Duration.ofSeconds(1),
          new GatheredConfigurations(Clock.systemUTC(), new NobodyKeeps()),
          () -> changes.add("changed"));
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** What a device hears. */
  private static final class Ear implements StreamObserver<ToAgent> {
    final BlockingQueue<ToAgent> heard = new LinkedBlockingQueue<>();

    @Override
    public void onNext(ToAgent message) {
      heard.add(message);
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {}

    ToAgent next() throws InterruptedException {
      ToAgent message = heard.poll(20, TimeUnit.SECONDS);
      assertThat(message).isNotNull();
      return message;
    }
  }

  private StreamObserver<FromAgent> arrive(String device, Ear ear) throws InterruptedException {
    StreamObserver<FromAgent> up = hub.connect(device, ear);
    up.onNext(FromAgent.newBuilder().setHello(Hello.newBuilder().setProtocol(1)).build());
    assertThat(ear.next().getWelcome().getActingEpoch()).isEqualTo(7);
    return up;
  }

  private static FromAgent outcome(String command) {
    return FromAgent.newBuilder()
        .setOutcome(Outcome.newBuilder().setCommand(command).setDone(true).setPosition("0/1"))
        .build();
  }

  @Test
  @Tag("B-01")
  void aCommandIsGivenAgainWhenTheDeviceComesBackAndItsOutcomeIsTakenThen() throws Exception {
    Ear first = new Ear();
    StreamObserver<FromAgent> broken = arrive("db-x", first);
    Future<Outcome> outcome =
        threads.submit(() -> hub.order("db-x", COMMAND, Duration.ofMinutes(1)));
    assertThat(first.next().getCommand().getActingEpoch()).isEqualTo(7);
    broken.onError(new IllegalStateException("the line broke"));
    assertThat(hub.pending("db-x")).isEqualTo(1);

    Ear second = new Ear();
    StreamObserver<FromAgent> up = arrive("db-x", second);
    assertThat(second.next().getCommand().getId()).isEqualTo(COMMAND.getId());
    up.onNext(outcome(COMMAND.getId()));
    assertThat(outcome.get(20, TimeUnit.SECONDS).getPosition()).isEqualTo("0/1");
    assertThat(hub.pending()).isZero();
  }

  @Test
  void aDeviceCannotAnswerForAnother() throws Exception {
    Ear ear = new Ear();
    StreamObserver<FromAgent> up = arrive("db-x", ear);
    StreamObserver<FromAgent> stranger = arrive("edit-1", new Ear());
    Future<Outcome> outcome =
        threads.submit(() -> hub.order("db-x", COMMAND, Duration.ofMinutes(1)));
    ear.next();
    stranger.onNext(outcome(COMMAND.getId()));
    assertThat(hub.pending("db-x")).isEqualTo(1);
    up.onNext(outcome(COMMAND.getId()));
    assertThat(outcome.get(20, TimeUnit.SECONDS).getDone()).isTrue();
  }

  @Test
  @Tag("M-15")
  void aDeviceWhoseLineBreaksIsKnownToBeGoneAtOnce() throws Exception {
    StreamObserver<FromAgent> up = arrive("db-x", new Ear());
    up.onNext(FromAgent.newBuilder().setReport(Report.newBuilder().setLook(3)).build());
    assertThat(hub.heard("db-x").orElseThrow().connected()).isTrue();
    up.onError(new IllegalStateException("the line broke"));
    assertThat(hub.heard("db-x").orElseThrow().connected()).isFalse();
  }

  @Test
  void aReportThatSaysNothingNewTellsNobody() throws Exception {
    StreamObserver<FromAgent> up = arrive("db-x", new Ear());
    Report report = Report.newBuilder().setAtMilliseconds(1).setLook(1).build();
    up.onNext(FromAgent.newBuilder().setReport(report).build());
    int before = changes.size();
    up.onNext(
        FromAgent.newBuilder()
            .setReport(report.toBuilder().setAtMilliseconds(2).setLook(2))
            .build());
    assertThat(changes).hasSize(before);
  }

  @Test
  void aLookReachesEveryDevice() throws Exception {
    Ear x = new Ear();
    Ear y = new Ear();
    arrive("db-x", x);
    arrive("db-y", y);
    long number = hub.look();
    assertThat(x.next().getLook().getNumber()).isEqualTo(number);
    assertThat(y.next().getLook().getNumber()).isEqualTo(number);
  }

  private static final class NobodyKeeps implements GatheredConfigurations.Devices {
    @Override
    public boolean keeps(String device) {
      return false;
    }

    @Override
    public boolean isKnown(String machine) {
      return true;
    }
  }
}
