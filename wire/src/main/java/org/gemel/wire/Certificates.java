package org.gemel.wire;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Reads certificates. */
final class Certificates {
  private static final String FOR_CLIENTS = KeyPurposeId.id_kp_clientAuth.getId();

  private Certificates() {}

  static X509Certificate read(byte[] der) throws CertificateRefused {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new CertificateRefused("found a certificate that cannot be read, wanted X.509 DER", e);
    }
  }

  /** The DER form goes in as it is: no letter of a name can add a part to the subject. */
  static X500Name subject(String commonName) {
    return new X500NameBuilder().addRDN(BCStyle.CN, new DERUTF8String(commonName)).build();
  }

  /** Empty where the subject has none or several. */
  static Optional<String> commonName(X509Certificate certificate) {
    RDN[] names =
        X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
            .getRDNs(BCStyle.CN);
    return names.length == 1
            && !names[0].isMultiValued()
            && names[0].getFirst().getValue() instanceof ASN1String name
        ? Optional.of(name.getString())
        : Optional.empty();
  }

  static boolean isAuthority(X509Certificate certificate) {
    return certificate.getBasicConstraints() >= 0;
  }

  static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())
          && isAuthority(authority);
    } catch (GeneralSecurityException not) {
      return false;
    }
  }

  /** Whether its holder may show it as a client, which here means: as a device. */
  static boolean isForClients(X509Certificate certificate) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes != null && purposes.contains(FOR_CLIENTS);
    } catch (CertificateException damaged) {
      return false;
    }
  }
}
