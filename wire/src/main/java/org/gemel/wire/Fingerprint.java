package org.gemel.wire;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a certificate (its DER form), by which a person or a token names it.
 *
 * @param hex 64 digits, small letters
 */
public record Fingerprint(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public Fingerprint {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "found '" + hex + "', wanted the SHA-256 of a certificate: 64 digits 0-9, a-f");
    }
  }

  public static Fingerprint of(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new Fingerprint(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256, every certificate its DER form", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
