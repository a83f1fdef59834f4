package org.gemel.wire;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one authority that is known by its fingerprint only.
 *
 * <p>The server sends its authority along. Once that certificate has the wanted SHA-256 it is as
 * good as one that lay here before, and Java checks the rest as ever: signatures, times, purpose
 * and the name of the server. The server's own certificate never counts as the authority.
 */
final class PinnedAuthority extends X509ExtendedTrustManager {
  private final Fingerprint wanted;

  PinnedAuthority(Fingerprint wanted) {
    this.wanted = wanted;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    Trust.only(authority(chain)).checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    Trust.only(authority(chain)).checkServerTrusted(chain, authType, socket);
  }

  /** Without the connection the server's name cannot be checked, so nobody is trusted. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("found a server without its connection, wanted both");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw forServersOnly();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw forServersOnly();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw forServersOnly();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private X509Certificate authority(X509Certificate[] chain) throws CertificateException {
    return Arrays.stream(chain)
        .skip(1)
        .filter(certificate -> Fingerprint.of(certificate).equals(wanted))
        .filter(Certificates::isAuthority)
        .findFirst()
        .orElseThrow(
            () ->
                new CertificateException(
                    "found a server of another authority (%s), wanted %s as in the join token: check the address, or make a new token"
                        .formatted(Fingerprint.of(chain[chain.length - 1]), wanted)));
  }

  private static CertificateException forServersOnly() {
    return new CertificateException("found a client, wanted a server: this side only joins");
  }
}
