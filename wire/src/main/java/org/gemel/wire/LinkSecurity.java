package org.gemel.wire;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** TLS 1.3 of the lines between agents and control points. */
public final class LinkSecurity {
  private LinkSecurity() {}

  /**
   * A server that shows its certificate and asks for the client's, which must be of its authority.
   */
  public static NettyServerBuilder secure(NettyServerBuilder server, Identity identity) {
    try {
      return server.sslContext(
          GrpcSslContexts.configure(
                  SslContextBuilder.forServer(
                      identity.privateKey(), identity.certificate(), identity.authority()),
                  SslProvider.JDK)
              .protocols("TLSv1.3")
              .trustManager(identity.authority())
              .clientAuth(ClientAuth.OPTIONAL)
              .build());
    } catch (SSLException e) {
      throw new IllegalStateException("an identity in memory makes a TLS context", e);
    }
  }

  /** The context of an HTTPS server with this certificate. */
  public static SSLContext https(Identity identity) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry(
          "gemel",
          identity.privateKey(),
          new char[0],
          new Certificate[] {identity.certificate(), identity.authority()});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("an identity in memory makes a TLS context", e);
    }
  }
}
