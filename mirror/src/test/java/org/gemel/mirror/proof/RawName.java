package org.gemel.mirror.proof;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/**
 * Names that are no text, for {@code java.nio.file}: a path keeps its bytes, and only an address
 * can spell them.
 */
final class RawName {
  private RawName() {}

  /** A name given as text in ISO 8859-1, each character one byte. */
  static Path in(Path folder, String bytes) {
    return in(folder, bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Path in(Path folder, byte[] name) {
    StringBuilder address = new StringBuilder("file://").append(folder.toUri().getRawPath());
    if (address.charAt(address.length() - 1) != '/') {
      address.append('/');
    }
    for (byte each : name) {
      address.append(String.format(Locale.ROOT, "%%%02X", each & 0xFF));
    }
    return Path.of(URI.create(address.toString()));
  }

  /** Where the mirror's path leads below a folder. */
  static Path below(Path root, TreePath path) {
    Path at = root;
    for (EntryName name : path.names()) {
      at = in(at, name.bytes());
    }
    return at;
  }

  /** The bytes of an absolute path. */
  static byte[] bytes(Path path) {
    String address = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == '%') {
        bytes.write(Integer.parseInt(address, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(address.charAt(i));
      }
    }
    byte[] all = bytes.toByteArray();
    // The address of a folder ends in a slash, which rename(2) would follow through a link.
    int length = all.length > 1 && all[all.length - 1] == '/' ? all.length - 1 : all.length;
    return java.util.Arrays.copyOf(all, length);
  }
}
