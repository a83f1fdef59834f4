package org.gemel.mirror.remote;

import java.nio.charset.StandardCharsets;
import org.gemel.mirror.system.EntryName;

/**
 * Names as a server lists them. A server, or whoever has written into its folders, may list
 * anything: what could mean something outside the folder, or speak to a terminal, is refused.
 */
public final class RemoteNames {
  private RemoteNames() {}

  /**
   * Takes a name from a listing, each character standing for one byte.
   *
   * @throws IllegalArgumentException if it cannot be the name of an entry, in words for a person
   */
  public static EntryName parse(String listed) {
    return EntryName.of(listed.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A name, each byte as one character: so every name survives a library that thinks in text. */
  public static String text(EntryName name) {
    return text(name.bytes());
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
