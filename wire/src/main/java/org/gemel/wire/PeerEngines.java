package org.gemel.wire;

import io.grpc.netty.shaded.io.netty.buffer.UnpooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS for lines between two devices that carry much: BoringSSL where this machine has it, for it
 * seals at full speed from the first record, where Java's own needs the better part of a minute of
 * compiling before it does; else Java's. Either end shows its certificate and trusts devices of its
 * authority. The caller still has to see to the name of the device it reached.
 */
public final class PeerEngines {
  private static final List<String> SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private final SslContext calling;
  private final SslContext called;

  public PeerEngines(Identity device) {
    this(device, OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
  }

  PeerEngines(Identity device, SslProvider provider) {
    PeerTrust trust = new PeerTrust(device.authority());
    this.calling =
        build(
            provider,
            SslContextBuilder.forClient().keyManager(Trust.show(device)).trustManager(trust));
    this.called =
        build(
            provider,
            SslContextBuilder.forServer(Trust.show(device))
                .trustManager(trust)
                .clientAuth(ClientAuth.REQUIRE));
  }

  private static SslContext build(SslProvider provider, SslContextBuilder builder) {
    try {
      return builder
          .sslProvider(provider)
          .protocols("TLSv1.3")
          .ciphers(SUITES)
          .endpointIdentificationAlgorithm(nobody())
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("both have TLS 1.3", e);
    }
  }

  /** Devices are known by the names in their certificates, not by where they are. */
  private static @Nullable String nobody() {
    return null;
  }

  /** A new one for the end that calls. */
  public SSLEngine calling() {
    return calling.newEngine(UnpooledByteBufAllocator.DEFAULT);
  }

  /** A new one for the end that is called. */
  public SSLEngine called() {
    return called.newEngine(UnpooledByteBufAllocator.DEFAULT);
  }
}
