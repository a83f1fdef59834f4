package org.gemel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gemel.wire.protocol.AgentLinkGrpc;
import org.gemel.wire.protocol.EnrolmentGrpc;
import org.gemel.wire.protocol.JoinReply;
import org.gemel.wire.protocol.JoinRequest;
import org.gemel.wire.protocol.ToAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkSecurityTest {
  private static final String SECRET = "5ec2e75ec2e75ec2e75ec2e7";

  private final Facility facility = new Facility();
  private final Facility stranger = new Facility();
  private ControlPoint control;

  @BeforeEach
  void start() throws Exception {
    control = new ControlPoint(facility.server());
  }

  @AfterEach
  void stop() {
    control.close();
  }

  @Test
  void aDeviceThatHasJoinedIsKnownByName() throws Exception {
    assertThat(connect(LinkSecurity.channel(facility.device("editor-1")))).isEqualTo("editor-1");
    assertThat(connect(LinkSecurity.channel(facility.device("nas-x")))).isEqualTo("nas-x");
  }

  @Test
  void whoShowsNoCertificateMayJoinButOpensNoAgentLink() {
    var open = LinkSecurity.pinned(facility.authority.fingerprint());
    assertThat(join(control.dial(open)).getDevice()).isEqualTo("nobody");
    assertThat(refusal(() -> connect(open)).getStatus())
        .satisfies(
            status -> {
              assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
              assertThat(status.getDescription()).contains("let the device join");
            });
  }

  @Test
  void aServiceIsShutAlsoWhereNobodyAskedWhoCalls() throws Exception {
    var identity = facility.server();
    var forgetful =
        Grpc.newServerBuilderForPort(0, LinkSecurity.server(identity))
            .addService(
                ServerInterceptors.intercept(
                    new AgentLinkGrpc.AgentLinkImplBase() {}, PeerDevice.interceptor()))
            .build()
            .start();
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", forgetful.getPort(), LinkSecurity.channel(facility.device("editor-1")))
            .build();
    try {
      assertThat(refusal(() -> connect(channel)).getStatus().getCode())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
    } finally {
      channel.shutdownNow();
      forgetful.shutdownNow();
      assertThat(forgetful.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityOpensNoAgentLink() throws Exception {
    Identity foreign = stranger.device("editor-1");
    var trustingUs =
        new Identity(foreign.privateKey(), foreign.certificate(), facility.authority.certificate());
    assertThat(refusal(() -> connect(LinkSecurity.channel(trustingUs))).getStatus().getCode())
        .isIn(Status.Code.UNAUTHENTICATED, Status.Code.UNAVAILABLE);
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefusedAlsoWhereTheClientInsistsOnShowingIt()
      throws Exception {
    var insisting = Insisting.on(stranger.device("editor-1"), facility.authority.certificate());
    assertThat(refusal(() -> connect(insisting)).getStatus().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aServersCertificateIsNoDevices() {
    var insisting = Insisting.on(facility.server(), facility.authority.certificate());
    assertThat(refusal(() -> connect(insisting)).getStatus().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aDevicesCertificateIsNoServers() throws Exception {
    try (var pretender = new ControlPoint(facility.device("editor-1"))) {
      var pinned = LinkSecurity.pinned(facility.authority.fingerprint());
      assertThat(refusal(() -> join(pretender.dial(pinned))).getStatus().getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(pretender.secretsHeard).isEmpty();
    }
  }

  @Test
  void aDeviceDoesNotSpeakWithAServerOfAnotherAuthority() throws Exception {
    var device = stranger.device("editor-1");
    assertThat(refusal(() -> connect(LinkSecurity.channel(device))).getStatus().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(control.linesOpened).isEmpty();
  }

  @Test
  void joiningSendsItsSecretToTheRightControlPointOnly() {
    join(control.dial(LinkSecurity.pinned(facility.authority.fingerprint())));
    assertThat(control.secretsHeard).containsExactly(SECRET);
    control.secretsHeard.clear();
    control.linesOpened.clear();

    var wrong = LinkSecurity.pinned(stranger.authority.fingerprint());
    var refused = refusal(() -> join(control.dial(wrong)));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(LinkSecurity.words(refused))
        .contains("found a server of another authority (" + facility.authority.fingerprint())
        .contains("wanted " + stranger.authority.fingerprint());
    assertThat(control.secretsHeard).isEmpty();
    assertThat(control.linesOpened).isEmpty();
  }

  @Test
  void anAuthorityThatIsOnlySentAlongDoesNotVouchForAnothersServer() throws Exception {
    Identity foreign = stranger.server();
    var borrowed =
        new Identity(foreign.privateKey(), foreign.certificate(), facility.authority.certificate());
    try (var pretender = new ControlPoint(borrowed)) {
      var pinned = LinkSecurity.pinned(facility.authority.fingerprint());
      refusal(() -> join(pretender.dial(pinned)));
      assertThat(pretender.secretsHeard).isEmpty();
      assertThat(pretender.linesOpened).isEmpty();
    }
  }

  @Test
  void joiningRefusesAServerUnderAnotherName() throws Exception {
    var elsewhere =
        facility.authority.issueServer(List.of("elsewhere.example"), List.of(), Facility.year());
    try (var other = new ControlPoint(elsewhere)) {
      refusal(() -> join(other.dial(LinkSecurity.pinned(facility.authority.fingerprint()))));
      assertThat(other.secretsHeard).isEmpty();
    }
  }

  @Test
  void theSameIdentityServesHttps() throws Exception {
    var loopback = InetAddress.getLoopbackAddress();
    try (var listening =
            (SSLServerSocket)
                LinkSecurity.https(facility.server())
                    .getServerSocketFactory()
                    .createServerSocket(0, 1, loopback);
        var calling =
            (SSLSocket)
                LinkSecurity.https(facility.device("editor-1"))
                    .getSocketFactory()
                    .createSocket(loopback, listening.getLocalPort())) {
      Thread serving =
          Thread.startVirtualThread(
              () -> {
                try (var accepted = listening.accept()) {
                  accepted.getOutputStream().write(42);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(calling.getInputStream().read()).isEqualTo(42);
      assertThat(calling.getSession().getProtocol()).isEqualTo("TLSv1.3");
      serving.join();
    }
  }

  private static JoinReply join(ManagedChannel channel) {
    return EnrolmentGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .join(JoinRequest.newBuilder().setToken(SECRET).build());
  }

  /** The name under which the control point knows who opens the stream. */
  private String connect(ChannelCredentials credentials) throws Exception {
    return connect(control.dial(credentials));
  }

  private static String connect(ManagedChannel channel) throws Exception {
    CompletableFuture<String> name = new CompletableFuture<>();
    AgentLinkGrpc.newStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .connect(
            new StreamObserver<ToAgent>() {
              @Override
              public void onNext(ToAgent message) {
                name.complete(message.getSeen().getCommand());
              }

              @Override
              public void onError(Throwable cause) {
                name.completeExceptionally(cause);
              }

              @Override
              public void onCompleted() {}
            })
        .onCompleted();
    try {
      return name.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private static StatusRuntimeException refusal(ThrowingCallable call) {
    var refused = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused).as("refused").isNotNull();
    return refused;
  }
}
