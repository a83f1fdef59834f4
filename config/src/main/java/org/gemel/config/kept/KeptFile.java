package org.gemel.config.kept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A file of a machine, and where it belongs there. Immutable. */
public final class KeptFile {
  private final Path place;
  private final String mode;
  private final boolean sealed;
  private final byte[] content;

  /**
   * @param place the whole path on its machine
   * @param mode such as {@code rw-r-----}
   * @param sealed whether the content is sealed with the site's recovery key
   */
  public KeptFile(Path place, String mode, boolean sealed, byte[] content) {
    if (!place.isAbsolute() || !place.equals(place.normalize())) {
      throw new IllegalArgumentException(
          "found the place '" + place + "', wanted a whole path without . and ..");
    }
    var unused = PosixFilePermissions.fromString(mode);
    this.place = place;
    this.mode = mode;
    this.sealed = sealed;
    this.content = content.clone();
  }

  /**
   * Reads a file of this machine. A symbolic link is followed: what counts is what the machine
   * reads there.
   *
   * @throws IOException in words, if it cannot be read or is too large to be a configuration
   */
  public static KeptFile of(Path file) throws IOException {
    var place = file.toAbsolutePath().normalize();
    if (!Files.isRegularFile(place)) {
      throw new IOException("found no regular file at " + place + ", wanted one to be kept");
    }
    byte[] content;
    try (var in = Files.newInputStream(place)) {
      content = in.readNBytes(KeptArchive.LARGEST_FILE + 1);
    }
    if (content.length > KeptArchive.LARGEST_FILE) {
      throw new IOException(
          "found more than %d bytes in %s, wanted fewer: that is no configuration file"
              .formatted(KeptArchive.LARGEST_FILE, place));
    }
    var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(place));
    return new KeptFile(place, mode, false, content);
  }

  public Path place() {
    return place;
  }

  public String mode() {
    return mode;
  }

  public boolean sealed() {
    return sealed;
  }

  public byte[] content() {
    return content.clone();
  }

  /** SHA-256 of the content, in hexadecimal digits. */
  public String digest() {
    return sha256(content);
  }

  /** Whether this machine has a file of the same content there already. */
  boolean isAt(Path there) throws IOException {
    return Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
        && Files.size(there) == content.length
        && Arrays.equals(Files.readAllBytes(there), content);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return place + " " + mode + " " + content.length + " bytes" + (sealed ? ", sealed" : "");
  }
}
