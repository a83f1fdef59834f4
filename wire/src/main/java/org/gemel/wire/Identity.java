package org.gemel.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * Who a process is on the line: its private key, its certificate, and the authority it trusts.
 *
 * <p>The key and the certificate belong together. The certificate need not be of the authority that
 * is trusted, though with {@link CertificateAuthority} and {@link IdentityRequest} it always is.
 */
public record Identity(
    PrivateKey privateKey, X509Certificate certificate, X509Certificate authority) {

  public Identity {
    if (!Keys.belongTogether(privateKey, certificate.getPublicKey())) {
      throw new IllegalArgumentException(
          "found a private key of another certificate than " + name(certificate));
    }
    if (!Certificates.isAuthority(authority)) {
      throw new IllegalArgumentException(
          "found " + name(authority) + ", wanted the certificate of an authority");
    }
  }

  /** Makes a key pair, and asks for a certificate for it. The private key stays here. */
  public static IdentityRequest request(String deviceName) {
    KeyPair keys = Keys.make();
    return new IdentityRequest(keys, deviceName);
  }

  /**
   * Puts all three in one file of mode 0600, in place of what it held, whole or not at all: a key
   * without its certificate would be of no use.
   */
  public void save(Path file) throws IOException {
    try {
      PrivateFile.replace(
          file,
          Pem.write(
              new PemObject(Pem.PRIVATE_KEY, privateKey.getEncoded()),
              new PemObject(Pem.CERTIFICATE, certificate.getEncoded()),
              new PemObject(Pem.CERTIFICATE, authority.getEncoded())));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate in memory has its DER form", e);
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException where the file is missing, open to others, or damaged
   */
  public static Identity load(Path file) throws IOException {
    try {
      List<byte[]> parts =
          Pem.read(
              PrivateFile.read(file), List.of(Pem.PRIVATE_KEY, Pem.CERTIFICATE, Pem.CERTIFICATE));
      return new Identity(
          Keys.read(parts.get(0)),
          Certificates.read(parts.get(1)),
          Certificates.read(parts.get(2)));
    } catch (CertificateRefused | IllegalArgumentException e) {
      throw new IOException(
          "%s: %s. Put it back from a copy, or let the device join again"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Reads an identity whose parts lie in files of their own. Each may also be a file that {@link
   * #save} wrote, of which the part is taken.
   *
   * @throws IOException where a file is missing, the key's is open to others, or they do not belong
   *     together
   */
  public static Identity load(Path key, Path certificate, Path authority) throws IOException {
    try {
      return new Identity(
          Keys.read(Pem.first(PrivateFile.read(key), Pem.PRIVATE_KEY)),
          Certificates.read(Pem.first(Files.readString(certificate), Pem.CERTIFICATE)),
          Certificates.read(Pem.last(Files.readString(authority), Pem.CERTIFICATE)));
    } catch (CertificateRefused | IllegalArgumentException e) {
      throw new IOException(
          "%s, %s, %s: %s".formatted(key, certificate, authority, e.getMessage()), e);
    }
  }

  /** Names the certificate only. */
  @Override
  public String toString() {
    return "Identity[" + name(certificate) + ", " + Fingerprint.of(certificate) + "]";
  }

  private static String name(X509Certificate certificate) {
    return Certificates.commonName(certificate).orElse("a certificate without a name");
  }
}
