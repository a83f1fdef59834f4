package org.gemel.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/** Reads requests for certificates, which come from strangers. */
final class SigningRequests {
  /** A request for a P-256 key has some 250 bytes. */
  private static final int LARGEST = 16 * 1024;

  private SigningRequests() {}

  /** The public key of a request that was signed with its private key. */
  static PublicKey provenKey(byte[] signingRequest) throws CertificateRefused {
    if (signingRequest.length > LARGEST) {
      throw refused(signingRequest.length + " bytes", null);
    }
    try {
      var request = new JcaPKCS10CertificationRequest(signingRequest);
      PublicKey key = request.getPublicKey();
      if (!Keys.isP256(key)) {
        throw refused("a key of the kind " + key.getAlgorithm(), null);
      }
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw refused("a signature of another key", null);
      }
      return key;
    } catch (IOException
        | PKCSException
        | OperatorCreationException
        | GeneralSecurityException
        | RuntimeException damaged) {
      // Bouncy Castle reads lazily: what is damaged inside shows as a runtime exception.
      throw refused("something unreadable", damaged);
    }
  }

  private static CertificateRefused refused(String found, @Nullable Throwable cause) {
    String words =
        "found a signing request with %s, wanted PKCS#10 for a P-256 key, signed with that key: use this release's agent to join"
            .formatted(found);
    return cause == null ? new CertificateRefused(words) : new CertificateRefused(words, cause);
  }
}
