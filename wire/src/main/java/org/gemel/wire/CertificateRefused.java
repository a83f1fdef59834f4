package org.gemel.wire;

/**
 * A certificate, a key or a request for one that is not taken. The message says to a person what
 * was found, what was wanted, and what to do.
 */
public final class CertificateRefused extends Exception {
  private static final long serialVersionUID = 1L;

  CertificateRefused(String words) {
    super(words);
  }

  CertificateRefused(String words, Throwable cause) {
    super(words, cause);
  }
}
