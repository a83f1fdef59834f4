package org.gemel.wire;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.gemel.wire.protocol.EnrolmentGrpc;
import org.jspecify.annotations.Nullable;

/**
 * Which device calls: the common name of its certificate.
 *
 * <p>Everything but Enrolment is shut to who shows no device's certificate, so that a service added
 * later is not open because somebody forgot to ask. The signature is verified here once more: a
 * name is worth something only if it is of the own authority, however the line was set up.
 */
public final class PeerDevice implements ServerInterceptor {
  private static final Context.Key<String> DEVICE = Context.key("org.gemel.wire.device");

  private final X509Certificate authority;

  /** For a server that shows this identity. */
  public PeerDevice(Identity server) {
    this.authority = server.authority();
  }

  /**
   * Shuts one service to calls without a device, also on a server where nobody put a PeerDevice in
   * front.
   */
  public static ServerInterceptor interceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return current().isPresent()
            ? next.startCall(call, headers)
            : refuse(call, "Found no device's certificate");
      }
    };
  }

  /** The device that made the call under way; empty outside of one, and while a device joins. */
  public static Optional<String> current() {
    return Optional.ofNullable(DEVICE.get());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<String> device = device(call);
    if (device.isPresent()) {
      return Contexts.interceptCall(
          Context.current().withValue(DEVICE, device.get()), call, headers, next);
    }
    String service = call.getMethodDescriptor().getServiceName();
    if (Objects.equals(service, EnrolmentGrpc.SERVICE_NAME)) {
      return next.startCall(call, headers);
    }
    return refuse(
        call, "Found no certificate of a device of authority " + Fingerprint.of(authority));
  }

  private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, String found) {
    call.close(
        Status.UNAUTHENTICATED.withDescription(
            "%s, wanted one to call %s: let the device join (again) with a new token."
                .formatted(found, call.getMethodDescriptor().getServiceName())),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private Optional<String> device(ServerCall<?, ?> call) {
    @Nullable SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0
              && chain[0] instanceof X509Certificate shown
              && Certificates.isSignedBy(shown, authority)
              && Certificates.isForClients(shown)
          ? Certificates.commonName(shown)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException showedNone) {
      return Optional.empty();
    }
  }
}
