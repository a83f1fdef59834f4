package org.gemel.wire;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextServerCredentials;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * How the two ends of a line know each other: TLS 1.3 only, Java's own, and the facility's
 * authority instead of those the system trusts.
 */
public final class LinkSecurity {
  private static final String TLS = "TLSv1.3";

  private LinkSecurity() {}

  /**
   * Makes a server that of the control point: shows the identity, knows devices by name ({@link
   * PeerDevice#current}), and lets those without a certificate do nothing but join.
   *
   * @return the same builder
   */
  public static NettyServerBuilder secure(NettyServerBuilder server, Identity identity) {
    return server.sslContext(serverContext(identity)).intercept(new PeerDevice(identity));
  }

  /**
   * The same for a builder of another kind. A client may come without a certificate, or else nobody
   * could join; one of another authority ends the line. Add a {@link PeerDevice}: without it nobody
   * has a name.
   */
  public static ServerCredentials server(Identity identity) {
    return NettySslContextServerCredentials.create(serverContext(identity));
  }

  /** For a device that has joined: shows its certificate, trusts servers of its authority only. */
  public static ChannelCredentials channel(Identity identity) {
    return NettySslContextChannelCredentials.create(
        build(
            SslContextBuilder.forClient()
                .keyManager(Trust.show(identity))
                .trustManager(Trust.only(identity.authority()))));
  }

  /**
   * For a device that joins: trusts servers of the authority with this fingerprint only. The line
   * fails before anything is sent on it where the server is of another.
   */
  public static ChannelCredentials pinned(Fingerprint authority) {
    return NettySslContextChannelCredentials.create(
        build(SslContextBuilder.forClient().trustManager(new PinnedAuthority(authority))));
  }

  /** For HTTPS with the same identity, on either end. */
  public static SSLContext https(Identity identity) {
    return context(identity, Trust.only(identity.authority()));
  }

  private static SSLContext context(Identity identity, TrustManager trusted) {
    try {
      SSLContext context = SSLContext.getInstance(TLS);
      context.init(Trust.show(identity).getKeyManagers(), new TrustManager[] {trusted}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS 1.3", e);
    }
  }

  /**
   * What a person should read of a line that failed: gRPC itself says no more than "io exception".
   */
  public static String words(Throwable failure) {
    String words = String.valueOf(failure.getMessage());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        words = cause.getMessage();
      }
      if (cause instanceof CertificateException) {
        break;
      }
    }
    return words;
  }

  private static SslContext serverContext(Identity identity) {
    return build(
        SslContextBuilder.forServer(Trust.show(identity))
            .trustManager(Trust.only(identity.authority()))
            .clientAuth(ClientAuth.OPTIONAL));
  }

  private static SslContext build(SslContextBuilder builder) {
    try {
      return GrpcSslContexts.configure(builder, SslProvider.JDK).protocols(TLS).build();
    } catch (SSLException e) {
      throw new IllegalStateException("every Java has TLS 1.3", e);
    }
  }
}
