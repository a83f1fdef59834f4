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
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The device at the other end, by the certificate it has shown. */
public final class PeerDevice {
  private static final Context.Key<String> DEVICE = Context.key("device");

  private PeerDevice() {}

  /** The device whose call is served now; empty outside of calls that passed the interceptor. */
  public static Optional<String> current() {
    return Optional.ofNullable(DEVICE.get());
  }

  /** Lets only those through who have shown a certificate, and says whose it was. */
  public static ServerInterceptor interceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        @Nullable SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        Optional<String> device = session == null ? Optional.empty() : device(session);
        if (device.isEmpty()) {
          call.close(
              Status.UNAUTHENTICATED.withDescription(
                  "found no certificate of a device, wanted one of this control point's authority:"
                      + " join first, with `gemel agent join`"),
              new Metadata());
          return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(
            Context.current().withValue(DEVICE, device.get()), call, headers, next);
      }
    };
  }

  private static Optional<String> device(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate certificate
          ? Certificates.commonName(certificate)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException noCertificate) {
      return Optional.empty();
    }
  }
}
