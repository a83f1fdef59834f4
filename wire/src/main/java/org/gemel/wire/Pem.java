package org.gemel.wire;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** The parts of a PEM text (RFC 7468): a private key (PKCS#8) first, then certificates. */
final class Pem {
  static final String PRIVATE_KEY = "PRIVATE KEY";
  static final String CERTIFICATE = "CERTIFICATE";

  private Pem() {}

  static String write(PemObject... parts) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      for (PemObject part : parts) {
        writer.writeObject(part);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory takes every part", e);
    }
    return text.toString();
  }

  /** The DER form of the first part of a label. */
  static byte[] first(String text, String label) throws CertificateRefused {
    return of(text, label).getFirst();
  }

  /** The DER form of the last part of a label. */
  static byte[] last(String text, String label) throws CertificateRefused {
    return of(text, label).getLast();
  }

  private static List<byte[]> of(String text, String label) throws CertificateRefused {
    List<byte[]> found =
        parts(text).stream()
            .filter(part -> part.getType().equals(label))
            .map(PemObject::getContent)
            .toList();
    if (found.isEmpty()) {
      throw new CertificateRefused("found no part " + label + ", wanted one in the PEM text");
    }
    return found;
  }

  /**
   * The DER forms of the parts.
   *
   * @throws CertificateRefused if the text is damaged, or their labels are not exactly those
   *     wanted, in this order
   */
  static List<byte[]> read(String text, List<String> wanted) throws CertificateRefused {
    List<PemObject> parts = parts(text);
    List<String> found = parts.stream().map(PemObject::getType).toList();
    if (!found.equals(wanted)) {
      throw new CertificateRefused("found the parts " + found + ", wanted " + wanted);
    }
    return parts.stream().map(PemObject::getContent).toList();
  }

  private static List<PemObject> parts(String text) throws CertificateRefused {
    List<PemObject> parts = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject part = reader.readPemObject(); part != null; part = reader.readPemObject()) {
        parts.add(part);
      }
    } catch (IOException | IllegalArgumentException damaged) {
      throw new CertificateRefused("found PEM text that is damaged", damaged);
    }
    return parts;
  }
}
