package org.gemel.agent;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.gemel.agent.command.CommandDesk;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.configuration.ControlAddress;
import org.gemel.agent.engine.MirrorLink;
import org.gemel.agent.journal.CommandJournal;
import org.gemel.agent.kept.OwnConfiguration;
import org.gemel.agent.kept.OwnFiles;
import org.gemel.agent.link.ControlLink;
import org.gemel.agent.link.Conversation;
import org.gemel.mirror.link.MirrorServer;
import org.gemel.wire.Identity;
import org.gemel.wire.LinkSecurity;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.Hello;
import org.gemel.wire.protocol.KeepConfiguration;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Progress;
import org.gemel.wire.protocol.Welcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one device.
 *
 * <p>The order of a start: the journal is opened, which also holds off a second agent; the parts
 * are taken up as they were left (services adopted, the folder mirror gone on with); commands that
 * were begun are carried on; and only then is the control point dialled, so that nothing new
 * overtakes what was promised before.
 */
public final class Agent {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final int PROTOCOL = 1;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final Duration KEEP_ALIVE_ANSWER = Duration.ofSeconds(2);

  private final CommandJournal journal;
  private final DeviceParts parts;
  private final CommandDesk desk;
  private final ControlLink link;
  private final Reporter reporter;
  private final OwnConfiguration own;
  private final ExecutorService callbacks;
  private final CountDownLatch broken = new CountDownLatch(1);
  private final AtomicBoolean ended = new AtomicBoolean();
  private @Nullable MirrorServer mirrorLink;
  private volatile @Nullable IOException cause;

  private Agent(
      AgentConfiguration configuration,
      Optional<OwnFiles> files,
      Identity identity,
      InstantSource clock)
      throws IOException {
    Files.createDirectories(configuration.state());
    journal = new CommandJournal(configuration.state());
    callbacks =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("control-answers").factory());
    parts = DeviceParts.of(configuration, clock, this::changed);
    desk = new CommandDesk(journal, parts.all(), new Told());
    link =
        new ControlLink(
            configuration.control(),
            channels(identity),
            Hello.newBuilder()
                .setVersion(version())
                .setProtocol(PROTOCOL)
                .setInstance(UUID.randomUUID().toString())
                .build(),
            new Heard());
    reporter = new Reporter(parts.all(), desk, link, clock, configuration.reportInterval());
    own =
        new OwnConfiguration(
            files,
            archive ->
                link.send(
                    FromAgent.newBuilder()
                        .setOwnConfiguration(
                            org.gemel.wire.protocol.OwnConfiguration.newBuilder()
                                .setArchive(ByteString.copyFrom(archive)))
                        .build()));
  }

  /**
   * Starts the agent of a device that has joined.
   *
   * @throws IOException in words: not joined, another agent runs on this state, or the state cannot
   *     be used
   */
  public static Agent start(AgentConfiguration configuration, InstantSource clock)
      throws IOException {
    return start(configuration, Optional.empty(), clock);
  }

  /**
   * As {@link #start(AgentConfiguration, InstantSource)}, with the files of this device being kept
   * for its replacement.
   */
  public static Agent start(AgentConfiguration configuration, OwnFiles files, InstantSource clock)
      throws IOException {
    return start(configuration, Optional.of(files), clock);
  }

  private static Agent start(
      AgentConfiguration configuration, Optional<OwnFiles> files, InstantSource clock)
      throws IOException {
    if (!Files.exists(configuration.identityFile())) {
      throw new IOException(
          "found no identity in "
              + configuration.identity()
              + ", wanted a device that has joined: run `gemel agent join` first");
    }
    var identity = Identity.load(configuration.identityFile());
    var agent = new Agent(configuration, files, identity, clock);
    agent.parts.resume();
    agent.desk.resume();
    if (configuration.mirrorLink().isPresent()) {
      agent.mirrorLink =
          MirrorLink.start(configuration.mirrorLink().get(), identity, configuration.state());
    }
    agent.reporter.start();
    agent.own.start();
    agent.link.start();
    LOG.info("agent of {} runs", configuration.device());
    return agent;
  }

  /**
   * Returns when the agent cannot go on.
   *
   * @throws IOException always: why
   */
  public void awaitBroken() throws InterruptedException, IOException {
    broken.await();
    throw new IOException(
        "found a journal that takes no outcome ("
            + cause
            + "), wanted it on disk: see to the disk of this device",
        cause);
  }

  /**
   * Ends the agent. Commands under way are cut off and go on after the next start; services run on
   * unless the configuration says otherwise. Once is enough; a second call returns at once.
   */
  public void end() throws InterruptedException, IOException {
    if (ended.getAndSet(true)) {
      return;
    }
    link.end();
    if (mirrorLink != null) {
      mirrorLink.close();
    }
    reporter.end();
    own.end();
    desk.end();
    parts.end();
    callbacks.shutdown();
    var unused = callbacks.awaitTermination(2, TimeUnit.SECONDS);
    journal.close();
    LOG.info("agent ended");
  }

  private void changed() {
    // Parts are made before the reporter, and may say so already.
    if (reporter != null) {
      reporter.soon();
    }
  }

  private Function<ControlAddress, ManagedChannel> channels(Identity identity) {
    return address ->
        NettyChannelBuilder.forAddress(
                address.host(), address.port(), LinkSecurity.channel(identity))
            .executor(callbacks)
            .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(KEEP_ALIVE_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
            .build();
  }

  private static String version() {
    var version = Agent.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** What the desk has to say. */
  private final class Told implements CommandDesk.Answers {
    @Override
    public void outcome(Outcome outcome) {
      link.send(FromAgent.newBuilder().setOutcome(outcome).build());
      reporter.soon();
    }

    @Override
    public void progress(Progress progress) {
      link.sendIfFree(FromAgent.newBuilder().setProgress(progress).build());
    }

    @Override
    public void broken(IOException full) {
      cause = full;
      broken.countDown();
    }
  }

  /** What the control point says. */
  private final class Heard implements Conversation {
    @Override
    public String welcomed(Welcome welcome) {
      long known = journal.actingEpoch();
      if (Long.compareUnsigned(welcome.getActingEpoch(), known) < 0) {
        return "found a control point of epoch %d, wanted one of %d or later: another acts now"
            .formatted(welcome.getActingEpoch(), known);
      }
      if (welcome.getProtocol() > PROTOCOL) {
        return "found a control point that speaks protocol %d, wanted %d or lower: upgrade this agent"
            .formatted(welcome.getProtocol(), PROTOCOL);
      }
      try {
        journal.hear(welcome.getActingEpoch());
      } catch (IOException full) {
        return "found a journal that takes nothing (" + full.getMessage() + "): see to the disk";
      }
      reporter.every(Duration.ofMillis(welcome.getReportEveryMilliseconds()));
      return "";
    }

    @Override
    public void up() {
      LOG.info("the control point is here");
      desk.unseen().forEach(o -> link.send(FromAgent.newBuilder().setOutcome(o).build()));
      own.welcomed();
      reporter.soon();
    }

    @Override
    public void command(Command command) {
      desk.accept(command);
    }

    @Override
    public void seen(String command) {
      desk.seen(command);
    }

    @Override
    public void look(long number) {
      reporter.look(number);
    }

    @Override
    public void keep(KeepConfiguration configuration) {
      parts.keep(configuration);
    }

    @Override
    public void lost(String words) {
      LOG.debug("{}", words);
    }
  }
}
