package org.gemel.wire;

import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A key pair that has no certificate yet, and the request for one. Made by {@link Identity}. */
public final class IdentityRequest {
  private final KeyPair keys;
  private final byte[] signingRequest;

  IdentityRequest(KeyPair keys, String deviceName) {
    this.keys = keys;
    try {
      this.signingRequest =
          new JcaPKCS10CertificationRequestBuilder(
                  Certificates.subject(deviceName), keys.getPublic())
              .build(new JcaContentSignerBuilder(Keys.SIGNATURE).build(keys.getPrivate()))
              .getEncoded();
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("a key made here signs", e);
    }
  }

  /** PKCS#10, DER. It carries the public key and proves that its sender holds the private one. */
  public byte[] signingRequest() {
    return signingRequest.clone();
  }

  /**
   * Joins the key with the certificate that came back.
   *
   * @param certificate X.509, DER
   * @param authority X.509, DER
   * @param wanted the authority the join token named
   * @throws CertificateRefused if the authority is another, or the certificate is not of it, not
   *     for this key, or not for a device
   */
  public Identity complete(byte[] certificate, byte[] authority, Fingerprint wanted)
      throws CertificateRefused {
    X509Certificate issued = Certificates.read(certificate);
    X509Certificate issuer = Certificates.read(authority);
    if (!Fingerprint.of(issuer).equals(wanted)) {
      throw new CertificateRefused(
          "found the authority %s, wanted %s: make a new join token and join again"
              .formatted(Fingerprint.of(issuer), wanted));
    }
    if (!Certificates.isSignedBy(issued, issuer)
        || !Certificates.isForClients(issued)
        || !issued.getPublicKey().equals(keys.getPublic())) {
      throw new CertificateRefused(
          "found a certificate that is not this device's, wanted one of the authority %s for the key of this request: join again"
              .formatted(wanted));
    }
    return new Identity(keys.getPrivate(), issued, issuer);
  }
}
