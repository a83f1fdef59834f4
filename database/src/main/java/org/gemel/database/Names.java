package org.gemel.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The name of a pair's publication, slot and subscription; one and the same for all three.
 *
 * <p>A slot's name may hold lower-case letters, digits and underscores only, 63 of them. A pair
 * whose name has anything else gets a digest of its name appended, so that two pairs never share
 * one.
 */
final class Names {
  private static final int LONGEST_READABLE_PART = 40;

  private Names() {}

  static String of(String pair) {
    String plain = pair.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    if (plain.equals(pair) && pair.length() <= LONGEST_READABLE_PART) {
      return "gemel_" + plain;
    }
    String start = plain.substring(0, Math.min(plain.length(), LONGEST_READABLE_PART));
    return "gemel_" + start + "_" + digest(pair);
  }

  /** The name of a pair's slot for the changes since its sides parted. */
  static String changeLog(String pair) {
    return "changes_" + of(pair); // 63 characters at most
  }

  /**
   * The slot that keeps main's log while its whole server is copied, until it becomes the pair's.
   *
   * @param name of the pair's own slot
   */
  static String serverCopy(String name) {
    return "server_" + name;
  }

  private static String digest(String pair) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(pair.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
