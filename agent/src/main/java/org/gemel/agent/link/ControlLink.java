package org.gemel.agent.link;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.gemel.agent.configuration.ControlAddress;
import org.gemel.wire.protocol.AgentLinkGrpc;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.Hello;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one line open to the control point that acts: tries all addresses in turn, and tries again
 * soon when a line ends. What the agent does goes on meanwhile.
 */
public final class ControlLink {
  private static final Logger LOG = LoggerFactory.getLogger(ControlLink.class);
  private static final Duration HALF_OPEN = Duration.ofSeconds(5);

  private record Way(ControlAddress address, ManagedChannel channel) {}

  private final List<Way> ways = new ArrayList<>();
  private final Hello hello;
  private final Conversation conversation;
  private final Thread dialling;
  private volatile Line line;
  private volatile boolean ending;

  /**
   * A link that is not dialled yet.
   *
   * @param channels makes the channel to an address; closed here
   */
  public ControlLink(
      List<ControlAddress> addresses,
      Function<ControlAddress, ManagedChannel> channels,
      Hello hello,
      Conversation conversation) {
    for (var address : addresses) {
      ways.add(new Way(address, channels.apply(address)));
    }
    this.hello = hello;
    this.conversation = conversation;
    this.line = new Line(conversation);
    this.dialling = Thread.ofPlatform().daemon().name("control-link").unstarted(this::dial);
  }

  /** Begins to dial, and goes on for ever. */
  public void start() {
    dialling.start();
  }

  /** Whether a control point listens. */
  public boolean isUp() {
    return line.isUp();
  }

  /**
   * Sends if a control point listens; otherwise it is lost, and the caller tells it again on the
   * next welcome.
   */
  public void send(FromAgent message) {
    var current = line;
    if (current.isUp()) {
      current.send(message);
    }
  }

  /** As {@link #send}, but gives way where the line is jammed. */
  public void sendIfFree(FromAgent message) {
    var current = line;
    if (current.isUp()) {
      current.sendIfFree(message);
    }
  }

  /** Hangs up for good. */
  public void end() throws InterruptedException {
    ending = true;
    line.end("the agent ends");
    dialling.interrupt();
    dialling.join();
    for (var way : ways) {
      way.channel().shutdownNow();
    }
    for (var way : ways) {
      var unused = way.channel().awaitTermination(2, TimeUnit.SECONDS);
    }
  }

  private void dial() {
    var backoff = new Backoff();
    var said = "";
    for (int turn = 0; !ending; turn++) {
      var way = ways.get(turn % ways.size());
      try {
        var ended = talk(way);
        if (line.wasWelcomed()) {
          backoff.reset();
        }
        var words = "the line to " + way.address() + " is down: " + ended;
        if (!words.equals(said) && !ending) {
          LOG.warn("{}", words);
          said = words;
        }
        conversation.lost(words);
        // All addresses are tried before the next wait.
        if (line.wasWelcomed() || turn % ways.size() == ways.size() - 1) {
          Thread.sleep(backoff.after());
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private String talk(Way way) throws InterruptedException {
    var next = new Line(conversation);
    line = next;
    if (ending) {
      return "the agent ends";
    }
    // A channel that failed waits by its own, longer, rules unless told otherwise.
    way.channel().resetConnectBackoff();
    var unused = AgentLinkGrpc.newStub(way.channel()).connect(next);
    next.send(FromAgent.newBuilder().setHello(hello).build());
    next.endUnlessWelcomedWithin(HALF_OPEN);
    return next.awaitEnd();
  }
}
