package org.gemel.agent;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.configuration.ControlAddress;
import org.gemel.wire.CertificateAuthority;
import org.gemel.wire.Identity;
import org.gemel.wire.JoinToken;
import org.gemel.wire.LinkSecurity;
import org.gemel.wire.PeerDevice;
import org.gemel.wire.Validity;
import org.gemel.wire.protocol.AgentLinkGrpc;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.EnrolmentGrpc;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.JoinReply;
import org.gemel.wire.protocol.JoinRequest;
import org.gemel.wire.protocol.Look;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.Seen;
import org.gemel.wire.protocol.ToAgent;
import org.gemel.wire.protocol.Welcome;

/** A control point on loopback: real TLS, real streams, no mind of its own. */
final class ControlPointStub implements AutoCloseable {
  static final long EPOCH = 7;
  private final Validity validity = Validity.of(Instant.now(), Duration.ofDays(1));

  private final CertificateAuthority authority = CertificateAuthority.create("test", validity);
  private final Identity identity =
      authority.issueServer(
          List.of("localhost"), List.of(InetAddress.getLoopbackAddress()), validity);
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final BlockingQueue<FromAgent> heard = new LinkedBlockingQueue<>();
  private final List<String> devices = new CopyOnWriteArrayList<>();
  private volatile StreamObserver<ToAgent> down;
  private volatile long epoch = EPOCH;
  private Server server;
  private int port;

  ControlPointStub() throws Exception {
    start();
  }

  void start() throws Exception {
    server =
        LinkSecurity.secure(
                NettyServerBuilder.forAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                identity)
            .addService(ServerInterceptors.intercept(new Link(), PeerDevice.interceptor()))
            .addService(new Joining())
            .build()
            .start();
    port = server.getPort();
  }

  void stop() throws Exception {
    server.shutdownNow();
    server.awaitTermination(5, TimeUnit.SECONDS);
    heard.clear();
  }

  void actsIn(long newEpoch) {
    epoch = newEpoch;
  }

  CertificateAuthority authority() {
    return authority;
  }

  ControlAddress address() {
    return new ControlAddress(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  JoinToken token(String device) {
    var token = new JoinToken("ab12", "a-secret-of-some-length-" + device, authority.fingerprint());
    tokens.put(token.id() + "." + token.secret(), device);
    return token;
  }

  /** An identity as joining leaves it. */
  void enrol(String device, Path identityFolder) throws Exception {
    Enrolment.join(address(), token(device), identityFolder);
    assert Identity.load(AgentConfiguration.identityFile(identityFolder)) != null;
  }

  void send(Command command) {
    say(ToAgent.newBuilder().setCommand(command).build());
  }

  void seen(String command) {
    say(ToAgent.newBuilder().setSeen(Seen.newBuilder().setCommand(command)).build());
  }

  void look(long number) {
    say(ToAgent.newBuilder().setLook(Look.newBuilder().setNumber(number)).build());
  }

  private synchronized void say(ToAgent message) {
    down.onNext(message);
  }

  List<String> devices() {
    return devices;
  }

  /** Waits for a message; what comes before it is thrown away. */
  FromAgent await(Predicate<FromAgent> wanted) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      var message = heard.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("the agent did not say what was waited for");
      }
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  Outcome awaitOutcome(String command) throws InterruptedException {
    return await(it -> it.hasOutcome() && it.getOutcome().getCommand().equals(command))
        .getOutcome();
  }

  Report awaitReport(Predicate<Report> wanted) throws InterruptedException {
    return await(it -> it.hasReport() && wanted.test(it.getReport())).getReport();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Link extends AgentLinkGrpc.AgentLinkImplBase {
    @Override
    public StreamObserver<FromAgent> connect(StreamObserver<ToAgent> toAgent) {
      devices.add(PeerDevice.current().orElseThrow());
      return new StreamObserver<>() {
        @Override
        public void onNext(FromAgent message) {
          if (message.hasHello()) {
            down = toAgent;
            say(
                ToAgent.newBuilder()
                    .setWelcome(
                        Welcome.newBuilder()
                            .setProtocol(1)
                            .setActingEpoch(epoch)
                            .setReportEveryMilliseconds(100))
                    .build());
          }
          heard.add(message);
        }

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {
          toAgent.onCompleted();
        }
      };
    }
  }

  private final class Joining extends EnrolmentGrpc.EnrolmentImplBase {
    @Override
    public void join(JoinRequest request, StreamObserver<JoinReply> answer) {
      try {
        var device = tokens.remove(request.getToken());
        if (device == null) {
          answer.onError(
              Status.PERMISSION_DENIED
                  .withDescription("found a token that is used, wanted a fresh one")
                  .asRuntimeException());
          return;
        }
        var certificate =
            authority.issueDevice(request.getSigningRequest().toByteArray(), device, validity);
        answer.onNext(
            JoinReply.newBuilder()
                .setDevice(device)
                .setCertificate(ByteString.copyFrom(certificate.getEncoded()))
                .setAuthority(ByteString.copyFrom(authority.certificate().getEncoded()))
                .build());
        answer.onCompleted();
      } catch (Exception e) {
        answer.onError(e);
      }
    }
  }
}
