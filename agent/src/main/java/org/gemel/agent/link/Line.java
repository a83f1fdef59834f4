package org.gemel.agent.link;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.ToAgent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream to one control point, from its opening to its end. */
final class Line implements ClientResponseObserver<FromAgent, ToAgent> {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  private final Conversation conversation;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);
  private final AtomicReference<String> why = new AtomicReference<>("");
  private volatile @Nullable ClientCallStreamObserver<FromAgent> up;
  private volatile boolean welcomed;

  Line(Conversation conversation) {
    this.conversation = conversation;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<FromAgent> stream) {
    up = stream;
  }

  @Override
  public void onNext(ToAgent message) {
    switch (message.getBodyCase()) {
      case WELCOME -> {
        var refusal = conversation.welcomed(message.getWelcome());
        if (refusal.isEmpty()) {
          welcomed = true;
          answered.countDown();
          conversation.up();
        } else {
          end(refusal);
        }
      }
      case COMMAND -> conversation.command(message.getCommand());
      case SEEN -> conversation.seen(message.getSeen().getCommand());
      case LOOK -> conversation.look(message.getLook().getNumber());
      case KEEP_CONFIGURATION -> conversation.keep(message.getKeepConfiguration());
      // A later release may say more; what must be understood comes with a new protocol number.
      case BODY_NOT_SET -> {}
    }
  }

  @Override
  public void onError(Throwable cause) {
    var status = Status.fromThrowable(cause);
    var description = status.getDescription();
    why.compareAndSet(
        "", status.getCode() + (description == null ? "" : ": " + description) + root(cause));
    over();
  }

  @Override
  public void onCompleted() {
    why.compareAndSet("", "the control point ended the line");
    over();
  }

  /** Whether this line was the right one and is not over. */
  boolean isUp() {
    return welcomed && ended.getCount() > 0;
  }

  boolean wasWelcomed() {
    return welcomed;
  }

  /** Sends in any case. One writer at a time, as gRPC wants it. */
  synchronized void send(FromAgent message) {
    var stream = up;
    if (stream != null && ended.getCount() > 0) {
      try {
        stream.onNext(message);
      } catch (IllegalStateException over) {
        why.compareAndSet("", "the line was ended: " + over.getMessage());
      }
    }
  }

  /** Sends unless the line is jammed: the next report says more than an old one. */
  void sendIfFree(FromAgent message) {
    var stream = up;
    if (stream != null && stream.isReady()) {
      send(message);
    }
  }

  /** Ends the line from this side. */
  void end(String words) {
    why.compareAndSet("", words);
    var stream = up;
    if (stream != null) {
      try {
        stream.cancel(words, null);
      } catch (RuntimeException notBegun) {
        // One that is just about to begin cannot be cancelled yet; it ends with its channel.
        LOG.debug("the line was not open yet: {}", notBegun.getMessage());
      }
    }
    over();
  }

  /** Some listeners take a call and never answer; they are not waited for. */
  void endUnlessWelcomedWithin(Duration patience) throws InterruptedException {
    if (!answered.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      end("no welcome within " + patience.toSeconds() + " s");
    }
  }

  /** Waits for its end, and says why it ended. */
  String awaitEnd() throws InterruptedException {
    ended.await();
    return why.get();
  }

  private void over() {
    ended.countDown();
    answered.countDown();
  }

  private static String root(Throwable cause) {
    var root = cause;
    for (var deeper = root.getCause(); deeper != null; deeper = deeper.getCause()) {
      root = deeper;
    }
    return root == cause ? "" : " (" + root.getMessage() + ")";
  }
}
