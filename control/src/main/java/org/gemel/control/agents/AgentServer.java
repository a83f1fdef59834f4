package org.gemel.control.agents;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gemel.control.site.DeviceCatalogue;
import org.gemel.wire.CertificateAuthority;
import org.gemel.wire.CertificateRefused;
import org.gemel.wire.Identity;
import org.gemel.wire.LinkSecurity;
import org.gemel.wire.PeerDevice;
import org.gemel.wire.Validity;
import org.gemel.wire.protocol.AgentLinkGrpc;
import org.gemel.wire.protocol.EnrolmentGrpc;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.JoinReply;
import org.gemel.wire.protocol.JoinRequest;
import org.gemel.wire.protocol.ToAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where agents dial in: a stream for those with a certificate, enrolment for those with a token.
 */
public final class AgentServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);

  /** What an agent tells of a database of ten thousands of tables has room in it. */
  private static final int LARGEST_MESSAGE = 32 << 20;

  private static final Duration DEVICE_CERTIFICATE = Duration.ofDays(5 * 365);

  private final Server server;

  private AgentServer(Server server) {
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the address cannot be used
   */
  public static AgentServer start(
      String host,
      int port,
      Identity identity,
      CertificateAuthority authority,
      AgentHub hub,
      JoinTokens tokens,
      DeviceCatalogue devices,
      Clock clock)
      throws IOException {
    Server server =
        LinkSecurity.secure(
                NettyServerBuilder.forAddress(new InetSocketAddress(host, port)), identity)
            .keepAliveTime(2, TimeUnit.SECONDS)
            .keepAliveTimeout(2, TimeUnit.SECONDS)
            .permitKeepAliveTime(500, TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .addService(new Link(hub, devices))
            .addService(new Enrolment(authority, tokens, clock))
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new IOException(
          "found the address "
              + host
              + ":"
              + port
              + " unusable for agents ("
              + e.getMessage()
              + "), wanted it free: stop what uses it, or name another port",
          e);
    }
    return new AgentServer(server);
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      if (!server.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("the agents' server still held a line after 5 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Link extends AgentLinkGrpc.AgentLinkImplBase {
    private final AgentHub hub;
    private final DeviceCatalogue devices;

    Link(AgentHub hub, DeviceCatalogue devices) {
      this.hub = hub;
      this.devices = devices;
    }

    @Override
    public StreamObserver<FromAgent> connect(StreamObserver<ToAgent> down) {
      String device = PeerDevice.current().orElseThrow();
      if (devices.find(device).isEmpty()) {
        // A certificate outlives its device: one that was removed is a stranger again.
        down.onError(
            Status.PERMISSION_DENIED
                .withDescription(
                    "found device "
                        + device
                        + ", which is not of this pair, wanted one that is: add it with `gemel device add`")
                .asRuntimeException());
        return new Ignored();
      }
      return hub.connect(device, down);
    }
  }

  /** Takes what a refused agent still says. */
  private static final class Ignored implements StreamObserver<FromAgent> {
    @Override
    public void onNext(FromAgent message) {}

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {}
  }

  private static final class Enrolment extends EnrolmentGrpc.EnrolmentImplBase {
    private final CertificateAuthority authority;
    private final JoinTokens tokens;
    private final Clock clock;

    Enrolment(CertificateAuthority authority, JoinTokens tokens, Clock clock) {
      this.authority = authority;
      this.tokens = tokens;
      this.clock = clock;
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinReply> answer) {
      String[] token = request.getToken().split("\\.", 2);
      Optional<String> device =
          token.length == 2 ? tokens.use(token[0], token[1], clock.instant()) : Optional.empty();
      if (device.isEmpty()) {
        answer.onError(
            Status.PERMISSION_DENIED
                .withDescription(
                    "found a token that is unknown, used or too old, wanted a fresh one: make one with"
                        + " `gemel device join-token NAME`")
                .asRuntimeException());
        return;
      }
      try {
        var certificate =
            authority.issueDevice(
                request.getSigningRequest().toByteArray(),
                device.get(),
                Validity.of(clock.instant(), DEVICE_CERTIFICATE));
        answer.onNext(
            JoinReply.newBuilder()
                .setDevice(device.get())
                .setCertificate(ByteString.copyFrom(certificate.getEncoded()))
                .setAuthority(ByteString.copyFrom(authority.certificate().getEncoded()))
                .build());
        answer.onCompleted();
        LOG.info("device {} has joined", device.get());
      } catch (CertificateRefused | CertificateEncodingException e) {
        answer.onError(
            Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
      }
    }
  }
}
