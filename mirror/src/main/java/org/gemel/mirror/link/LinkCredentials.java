package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** By what the two ends of a link know each other, and whether what they say is secret. */
public sealed interface LinkCredentials {
  /**
   * TLS 1.3, both ends showing a certificate: secret and safe on any network.
   *
   * @param engines show the own certificate and trust the authority of the other's
   * @param peer the name the other's certificate must carry; empty: any of that authority
   */
  record Tls(TlsEngines engines, Optional<String> peer) implements LinkCredentials {}

  /**
   * A secret both know. Each end proves it without saying it, but what is mirrored goes over the
   * wire as it is, readable by all who are on it: for a dedicated link only.
   */
  final class Secret implements LinkCredentials {
    /** The fewest random bytes that nobody guesses. */
    public static final int SHORTEST = 32;

    private static final int LONGEST = 4096;

    private final byte[] bytes;

    /** Keeps a copy of the bytes. */
    public Secret(byte[] bytes) {
      if (bytes.length < SHORTEST || bytes.length > LONGEST) {
        throw new IllegalArgumentException(
            "found a secret of "
                + bytes.length
                + " bytes, wanted "
                + SHORTEST
                + " to "
                + LONGEST
                + " random ones: head -c 48 /dev/urandom > FILE");
      }
      this.bytes = bytes.clone();
    }

    byte[] bytes() {
      return bytes;
    }

    /**
     * Reads a secret.
     *
     * @throws IOException also where others may read the file, or it is too short
     */
    public static Secret read(Path file) throws IOException {
      Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
      Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
      others.addAll(found);
      others.removeAll(PosixFilePermissions.fromString("rwx------"));
      if (!others.isEmpty()) {
        throw new IOException(
            "found the secret in %s open to others (%s), wanted mode 0600: make a new one, then chmod 600 it"
                .formatted(file, PosixFilePermissions.toString(found)));
      }
      if (Files.size(file) > LONGEST) {
        throw new IOException(
            "found %d bytes in %s, wanted a secret of at most %d"
                .formatted(Files.size(file), file, LONGEST));
      }
      try {
        return new Secret(Files.readAllBytes(file));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }

    /** Never shows it. */
    @Override
    public String toString() {
      return "Secret[***]";
    }
  }
}
