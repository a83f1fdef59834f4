package org.gemel.agent;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.configuration.ControlAddress;
import org.gemel.wire.CertificateRefused;
import org.gemel.wire.Identity;
import org.gemel.wire.JoinToken;
import org.gemel.wire.LinkSecurity;
import org.gemel.wire.protocol.EnrolmentGrpc;
import org.gemel.wire.protocol.JoinReply;
import org.gemel.wire.protocol.JoinRequest;

/**
 * Makes this machine a device of the facility.
 *
 * <p>The token's secret is sent only on a line whose other end has proven to be of the authority
 * the token names. The private key is made here and never leaves. The identity folder changes only
 * when everything has been checked.
 */
public final class Enrolment {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Enrolment() {}

  /**
   * Joins, and keeps the identity.
   *
   * @return the name the token gives this device
   * @throws IOException in words for a person; whether the token is used up then is not known
   */
  public static String join(ControlAddress control, JoinToken token, Path identityFolder)
      throws IOException {
    // The subject is not trusted by anybody: the token names the device.
    var request = Identity.request("device");
    var channel =
        NettyChannelBuilder.forAddress(
                control.host(), control.port(), LinkSecurity.pinned(token.authority()))
            .build();
    try {
      var reply = ask(channel, control, token, request.signingRequest());
      var identity =
          request.complete(
              reply.getCertificate().toByteArray(),
              reply.getAuthority().toByteArray(),
              token.authority());
      identity.save(AgentConfiguration.identityFile(identityFolder));
      return reply.getDevice();
    } catch (CertificateRefused refused) {
      throw new IOException(refused.getMessage(), refused);
    } finally {
      channel.shutdownNow();
    }
  }

  private static JoinReply ask(
      ManagedChannel channel, ControlAddress control, JoinToken token, byte[] signingRequest)
      throws IOException {
    try {
      return EnrolmentGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .join(
              JoinRequest.newBuilder()
                  .setToken(token.id() + "." + token.secret())
                  .setSigningRequest(ByteString.copyFrom(signingRequest))
                  .build());
    } catch (StatusRuntimeException failed) {
      var said = failed.getStatus().getDescription();
      throw new IOException(
          switch (failed.getStatus().getCode()) {
            case PERMISSION_DENIED, INVALID_ARGUMENT ->
                "the control point at " + control + " refused: " + said;
            case DEADLINE_EXCEEDED ->
                "found no answer from "
                    + control
                    + " within "
                    + PATIENCE.toSeconds()
                    + " s, wanted a control point: check the address";
            default -> "found no way to join at " + control + ": " + LinkSecurity.words(failed);
          },
          failed);
    }
  }
}
