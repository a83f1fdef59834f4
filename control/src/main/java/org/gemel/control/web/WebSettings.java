package org.gemel.control.web;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the API and the console listen.
 *
 * @param port 0 for any free one
 * @param tls null for plain HTTP; then keep to loopback or put a proxy with TLS before it
 * @param behindTls whether browsers reach it over TLS (its own or a proxy's), so that the cookie is
 *     never sent in clear
 */
public record WebSettings(String host, int port, @Nullable SSLContext tls, boolean behindTls) {
  /** Plain HTTP on loopback. */
  public static WebSettings loopback(int port) {
    return new WebSettings("127.0.0.1", port, null, false);
  }
}
