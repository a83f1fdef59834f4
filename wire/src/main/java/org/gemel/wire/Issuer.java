package org.gemel.wire;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs certificates (RFC 5280). Each is for one purpose only, server or client, so that no device
 * can pass for the control point.
 */
final class Issuer {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PrivateKey privateKey;
  private final X509Certificate authority;

  Issuer(PrivateKey privateKey, X509Certificate authority) {
    this.privateKey = privateKey;
    this.authority = authority;
  }

  static X509Certificate selfSigned(KeyPair keys, String name, Validity validity) {
    X500Name subject = Certificates.subject(name);
    try {
      X509v3CertificateBuilder builder =
          builder(subject, subject, keys.getPublic(), validity)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      return sign(builder, keys.getPrivate());
    } catch (CertIOException | GeneralSecurityException e) {
      throw new IllegalStateException("extensions made here are well formed", e);
    }
  }

  X509Certificate server(
      PublicKey key,
      String name,
      List<String> names,
      Collection<InetAddress> addresses,
      Validity validity) {
    List<GeneralName> reached = new ArrayList<>();
    names.forEach(dns -> reached.add(new GeneralName(GeneralName.dNSName, dns)));
    addresses.forEach(
        address -> reached.add(new GeneralName(GeneralName.iPAddress, address.getHostAddress())));
    try {
      return sign(
          leaf(key, name, KeyPurposeId.id_kp_serverAuth, validity)
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(reached.toArray(GeneralName[]::new))),
          privateKey);
    } catch (CertIOException e) {
      throw new IllegalStateException("extensions made here are well formed", e);
    }
  }

  X509Certificate device(PublicKey key, String name, Validity validity) {
    return sign(leaf(key, name, KeyPurposeId.id_kp_clientAuth, validity), privateKey);
  }

  private X509v3CertificateBuilder leaf(
      PublicKey key, String name, KeyPurposeId purpose, Validity validity) {
    if (validity.until().isAfter(authority.getNotAfter().toInstant())) {
      throw new IllegalArgumentException(
          "found a certificate until %s, wanted one that ends before its authority, %s"
              .formatted(validity.until(), authority.getNotAfter().toInstant()));
    }
    try {
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      return builder(
              X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()),
              Certificates.subject(name),
              key,
              validity)
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose))
          .addExtension(
              Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              identifiers.createAuthorityKeyIdentifier(authority.getPublicKey()));
    } catch (CertIOException | GeneralSecurityException e) {
      throw new IllegalStateException("extensions made here are well formed", e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Validity validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, RANDOM).setBit(127),
        Date.from(validity.from()),
        Date.from(validity.until()),
        subject,
        key);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(Keys.SIGNATURE).build(key)));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("a key made here signs", e);
    }
  }
}
