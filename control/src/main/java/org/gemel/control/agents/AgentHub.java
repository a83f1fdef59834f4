package org.gemel.control.agents;

import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.gemel.control.kept.GatheredConfigurations;
import org.gemel.control.runs.OrderDesk;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.site.Heard;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.Hello;
import org.gemel.wire.protocol.Look;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.Seen;
import org.gemel.wire.protocol.ToAgent;
import org.gemel.wire.protocol.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of all agents: what each said last, and which commands are out.
 *
 * <p>A command stays out until its outcome is in, however often the line breaks: each time a device
 * connects it is given all its commands again, and its journal sees to it that none is done twice.
 */
public final class AgentHub implements OrderDesk {
  /** The protocol spoken here. */
  static final int PROTOCOL = 1;

  private static final Logger LOG = LoggerFactory.getLogger(AgentHub.class);
  private static final Duration GONE_TOO_LONG = Duration.ofMinutes(2);

  private final Clock clock;
  private final long actingEpoch;
  private final int reportEveryMilliseconds;
  private final Runnable changed;
  private final AtomicLong looks;
  private final GatheredConfigurations configurations;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();
  private final Map<String, String> stages = new ConcurrentHashMap<>();

  private record Pending(String device, Command command, CompletableFuture<Outcome> outcome) {}

  /**
   * @param actingEpoch drawn from the ledger at this start; agents refuse commands of a lower one
   * @param changed runs soon after a device said something new, came or went
   */
  public AgentHub(
      Clock clock,
      long actingEpoch,
      Duration reportEvery,
      GatheredConfigurations configurations,
      Runnable changed) {
    this.clock = clock;
    this.actingEpoch = actingEpoch;
    // Above every number an earlier control point has asked with, which agents still carry.
    this.looks = new AtomicLong(actingEpoch << 32);
    this.reportEveryMilliseconds = Math.toIntExact(reportEvery.toMillis());
    this.changed = changed;
    this.configurations = configurations;
  }

  /** What the devices have told of their configuration. */
  public GatheredConfigurations configurations() {
    return configurations;
  }

  /** A device has opened its stream; returns where its messages go. */
  StreamObserver<FromAgent> connect(String device, StreamObserver<ToAgent> down) {
    return new Line(device, down);
  }

  public Optional<Heard> heard(String device) {
    return Optional.ofNullable(heard.get(device));
  }

  /** What a device says of the command it carries out; empty where it has none. */
  public Optional<String> stage(String device) {
    return Optional.ofNullable(stages.get(device));
  }

  /** Commands out to one device. */
  public int pending(String device) {
    return Math.toIntExact(
        pending.values().stream().filter(p -> p.device().equals(device)).count());
  }

  @Override
  public int pending() {
    return pending.size();
  }

  /** Asks every connected device to read itself anew; the number its report will carry at least. */
  public long look() {
    long number = looks.incrementAndGet();
    ToAgent message = ToAgent.newBuilder().setLook(Look.newBuilder().setNumber(number)).build();
    lines.values().forEach(line -> line.send(message));
    return number;
  }

  @Override
  public Outcome order(String device, Command action, Duration within)
      throws StepFailure, InterruptedException {
    Command command = action.toBuilder().setActingEpoch(actingEpoch).build();
    Pending order =
        pending.computeIfAbsent(
            command.getId(), id -> new Pending(device, command, new CompletableFuture<>()));
    changed.run();
    Line line = lines.get(device);
    if (line != null) {
      line.send(ToAgent.newBuilder().setCommand(command).build());
    }
    try {
      return await(order, within);
    } finally {
      pending.remove(command.getId());
      changed.run();
    }
  }

  private Outcome await(Pending order, Duration within) throws StepFailure, InterruptedException {
    Instant until = clock.instant().plus(within);
    Instant goneSince = clock.instant();
    while (true) {
      try {
        return order.outcome().get(1, TimeUnit.SECONDS);
      } catch (TimeoutException notYet) {
        Instant now = clock.instant();
        if (lines.containsKey(order.device())) {
          goneSince = now;
        }
        if (now.isAfter(until)) {
          throw new StepFailure(
              "Found no outcome of %s from device %s within %d s, wanted one: see the log of its agent, then retry."
                  .formatted(action(order), order.device(), within.toSeconds()),
              notYet);
        }
        if (Duration.between(goneSince, now).compareTo(GONE_TOO_LONG) > 0) {
          throw new StepFailure(
              "Found device %s not connected since %s, wanted it to do %s: start its agent, then retry."
                  .formatted(order.device(), goneSince, action(order)),
              notYet);
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("an outcome is never a failure of the line", e);
      }
    }
  }

  private static String action(Pending order) {
    return order
        .command()
        .getActionCase()
        .name()
        .toLowerCase(java.util.Locale.ROOT)
        .replace('_', ' ');
  }

  @Override
  public void seen(String device, String command) {
    Line line = lines.get(device);
    if (line != null) {
      line.send(ToAgent.newBuilder().setSeen(Seen.newBuilder().setCommand(command)).build());
    }
  }

  /** One open stream. */
  private final class Line implements StreamObserver<FromAgent> {
    private final String device;
    private final StreamObserver<ToAgent> down;

    Line(String device, StreamObserver<ToAgent> down) {
      this.device = device;
      this.down = down;
    }

    /** gRPC wants one writer at a time. A line that broke meanwhile says so to {@link #onError}. */
    synchronized void send(ToAgent message) {
      try {
        down.onNext(message);
      } catch (IllegalStateException | io.grpc.StatusRuntimeException e) {
        LOG.debug("the line of {} is closing: {}", device, e.getMessage());
      }
    }

    @Override
    public void onNext(FromAgent message) {
      switch (message.getBodyCase()) {
        case HELLO -> welcome(message.getHello());
        case REPORT -> reported(message.getReport());
        case OUTCOME -> {
          stages.remove(device);
          Pending order = pending.get(message.getOutcome().getCommand());
          if (order != null && order.device().equals(device)) {
            order.outcome().complete(message.getOutcome());
          }
        }
        case PROGRESS -> {
          stages.put(device, message.getProgress().getStage());
          changed.run();
        }
        case OWN_CONFIGURATION ->
            configurations.told(device, message.getOwnConfiguration().getArchive());
        case BODY_NOT_SET ->
            LOG.warn("device {} says something that this release does not know", device);
      }
    }

    private void welcome(Hello hello) {
      Line before = lines.put(device, this);
      if (before != null && before != this) {
        before.close();
      }
      LOG.info("device {} is here, release {}", device, hello.getVersion());
      send(
          ToAgent.newBuilder()
              .setWelcome(
                  Welcome.newBuilder()
                      .setProtocol(Math.min(PROTOCOL, Math.max(1, hello.getProtocol())))
                      .setActingEpoch(actingEpoch)
                      .setReportEveryMilliseconds(reportEveryMilliseconds))
              .build());
      pending.values().stream()
          .filter(p -> p.device().equals(device))
          .forEach(p -> send(ToAgent.newBuilder().setCommand(p.command()).build()));
    }

    private void reported(Report report) {
      Heard before = heard.put(device, new Heard(report, clock.instant(), true));
      if (before == null || !before.connected() || !sameTruth(before.report(), report)) {
        changed.run();
      }
      configurations
          .missing(device, report)
          .forEach(kept -> send(ToAgent.newBuilder().setKeepConfiguration(kept).build()));
    }

    /** Whether two reports differ in nothing but when they were made. */
    private static boolean sameTruth(Report one, Report other) {
      return one.toBuilder()
          .clearAtMilliseconds()
          .clearLook()
          .build()
          .equals(other.toBuilder().clearAtMilliseconds().clearLook().build());
    }

    @Override
    public void onError(Throwable cause) {
      LOG.info("the line of device {} broke: {}", device, cause.getMessage());
      gone();
    }

    @Override
    public void onCompleted() {
      gone();
      close();
    }

    private void gone() {
      if (lines.remove(device, this)) {
        stages.remove(device);
        heard.computeIfPresent(device, (d, h) -> new Heard(h.report(), h.at(), false));
        changed.run();
      }
    }

    private synchronized void close() {
      try {
        down.onCompleted();
      } catch (IllegalStateException e) {
        LOG.debug("the line of {} was closed already", device);
      }
    }
  }
}
