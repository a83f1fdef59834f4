package org.gemel.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * The facility's own certificate authority.
 *
 * <p>Who holds its key can be every device and every control point, so the key lies in one file
 * only its owner may read, and a new authority never replaces one that stands: all devices would be
 * strangers at once.
 */
public final class CertificateAuthority {
  private static final String FILE = "authority.pem";

  private final PrivateKey privateKey;
  private final X509Certificate certificate;
  private final Issuer issuer;

  private CertificateAuthority(PrivateKey privateKey, X509Certificate certificate) {
    if (!Keys.belongTogether(privateKey, certificate.getPublicKey())
        || !Certificates.isAuthority(certificate)) {
      throw new IllegalArgumentException(
          "found a certificate that is not that of the authority's key");
    }
    this.privateKey = privateKey;
    this.certificate = certificate;
    this.issuer = new Issuer(privateKey, certificate);
  }

  /** A new authority; it is kept nowhere until it is saved. */
  public static CertificateAuthority create(String name, Validity validity) {
    KeyPair keys = Keys.make();
    return new CertificateAuthority(
        keys.getPrivate(), Issuer.selfSigned(keys, requireName(name), validity));
  }

  /** Whether an authority has been saved in this folder. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException where the file is missing, open to others, or damaged
   */
  public static CertificateAuthority load(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      List<byte[]> parts =
          Pem.read(PrivateFile.read(file), List.of(Pem.PRIVATE_KEY, Pem.CERTIFICATE));
      return new CertificateAuthority(Keys.read(parts.get(0)), Certificates.read(parts.get(1)));
    } catch (CertificateRefused | IllegalArgumentException e) {
      throw new IOException(
          "%s: %s. Put it back from a copy: with a new authority every device must join again"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Saves key and certificate in one file of mode 0600, whole or not at all.
   *
   * @throws FileAlreadyExistsException where an authority stands in the folder; load that one
   */
  public void save(Path folder) throws IOException {
    try {
      PrivateFile.create(
          folder.resolve(FILE),
          Pem.write(
              new PemObject(Pem.PRIVATE_KEY, privateKey.getEncoded()),
              new PemObject(Pem.CERTIFICATE, certificate.getEncoded())));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate in memory has its DER form", e);
    }
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** The certificate alone, for clients that are to trust it; it is no secret. */
  public String certificatePem() {
    try {
      return Pem.write(new PemObject(Pem.CERTIFICATE, certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate in memory has its DER form", e);
    }
  }

  public Fingerprint fingerprint() {
    return Fingerprint.of(certificate);
  }

  /**
   * A key and a certificate for a server under these names; it cannot be used as a device's.
   *
   * @param names DNS names, the first also names the subject; at least one
   */
  public Identity issueServer(
      List<String> names, Collection<InetAddress> addresses, Validity validity) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("found no name, wanted the DNS names of the server");
    }
    KeyPair keys = Keys.make();
    return new Identity(
        keys.getPrivate(),
        issuer.server(keys.getPublic(), requireName(names.getFirst()), names, addresses, validity),
        certificate);
  }

  /**
   * A certificate with which a client is this device; it cannot be used as a server's. Nothing but
   * the public key is taken from the request.
   *
   * @param signingRequest PKCS#10, DER
   * @throws CertificateRefused if the request is damaged, does not prove that its sender holds the
   *     private key, or is for a key of another kind than P-256
   */
  public X509Certificate issueDevice(byte[] signingRequest, String deviceName, Validity validity)
      throws CertificateRefused {
    return issuer.device(
        SigningRequests.provenKey(signingRequest), requireName(deviceName), validity);
  }

  /** 64 characters are the longest common name X.509 allows (RFC 5280, ub-common-name). */
  private static String requireName(String name) {
    if (name.isBlank() || name.length() > 64 || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "found the name '" + name + "', wanted 1 to 64 printable characters");
    }
    return name;
  }
}
