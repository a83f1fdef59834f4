package org.gemel.mirror.system;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One name in a folder, as the bytes the file system holds. Never empty, never {@code .} or {@code
 * ..}, without slash and NUL: so it can only ever mean an entry of the folder it is used in.
 * Ordered as unsigned bytes.
 */
public final class EntryName implements Comparable<EntryName> {
  /** What the kernel lets a user-space file system show; others stop at 255. */
  public static final int LONGEST = 1024;

  private final byte[] bytes;

  private EntryName(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A name from its bytes, which are not copied.
   *
   * @throws IllegalArgumentException if it could mean anything but an entry of one folder
   */
  public static EntryName of(byte[] bytes) {
    boolean dots =
        bytes.length <= 2 && bytes.length > 0 && bytes[0] == '.' && bytes[bytes.length - 1] == '.';
    boolean separated = false;
    for (byte b : bytes) {
      separated |= b == '/' || b == 0;
    }
    if (bytes.length == 0 || bytes.length > LONGEST || dots || separated) {
      throw new IllegalArgumentException(
          "found the name '"
              + Display.escape(bytes)
              + "', wanted 1 to "
              + LONGEST
              + " bytes without slash and NUL that are not '.' or '..'");
    }
    return new EntryName(bytes);
  }

  /** A name from text, in UTF-8. */
  public static EntryName of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes themselves: do not change them. */
  public byte[] bytes() {
    return bytes;
  }

  public boolean startsWith(byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  @Override
  public int compareTo(EntryName other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryName name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The name for a person: control characters and bytes that are no UTF-8 escaped. */
  @Override
  public String toString() {
    return Display.escape(bytes);
  }
}
