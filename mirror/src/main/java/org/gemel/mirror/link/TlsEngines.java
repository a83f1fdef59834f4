package org.gemel.mirror.link;

import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * Makes the two ends of TLS, each new and unused: they speak TLS 1.3 only, show the own certificate
 * and want one of an authority they trust.
 *
 * @param calling for the end that calls
 * @param called for the end that is called
 */
public record TlsEngines(Supplier<SSLEngine> calling, Supplier<SSLEngine> called) {}
