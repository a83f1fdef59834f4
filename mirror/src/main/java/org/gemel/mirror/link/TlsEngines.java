package org.gemel.mirror.link;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Makes the two ends of TLS, each new and unused: they speak TLS 1.3 only, show the own certificate
 * and want one of an authority they trust.
 *
 * @param calling for the end that calls
 * @param called for the end that is called
 */
public record TlsEngines(Supplier<SSLEngine> calling, Supplier<SSLEngine> called) {
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
  };

  /** Java's own, by a context that has the certificate and the authority. */
  public static TlsEngines of(SSLContext context) {
    return new TlsEngines(() -> engine(context, true), () -> engine(context, false));
  }

  private static SSLEngine engine(SSLContext context, boolean calling) {
    SSLEngine engine = context.createSSLEngine();
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setCipherSuites(SUITES);
    parameters.setNeedClientAuth(true);
    engine.setSSLParameters(parameters);
    engine.setUseClientMode(calling);
    return engine;
  }
}
