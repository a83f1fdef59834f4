package org.gemel.mirror.system;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What all packed forms share: they come from another machine, so each number is looked at before
 * it is used.
 */
public final class PackedForm {
  /** A set bit for each type a mode can name. */
  private static final int TYPES = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 12;

  private PackedForm() {}

  /** Bytes that are no packed form, or one that no sound peer sends. */
  public static final class BrokenFormException extends IOException {
    public BrokenFormException(String message) {
      super(message);
    }
  }

  /** Demands that so many bytes are left. */
  public static void need(ByteBuffer in, long bytes, String what) throws BrokenFormException {
    if (bytes < 0 || in.remaining() < bytes) {
      throw new BrokenFormException(
          "found " + in.remaining() + " bytes, wanted " + bytes + " for " + what);
    }
  }

  /** Demands that a number can be what it stands for. */
  public static void require(boolean sound, String what, long found) throws BrokenFormException {
    if (!sound) {
      throw new BrokenFormException("found " + found + ", wanted " + what);
    }
  }

  static boolean isMode(int mode) {
    return (mode & ~0xFFFF) == 0 && (TYPES >> (mode >> 12) & 1) == 1;
  }

  /** Appends a length and as many bytes. */
  public static void write(byte[] bytes, ByteBuffer out) {
    out.putInt(bytes.length);
    out.put(bytes);
  }

  /** Reads what {@link #write} wrote, no more than a number of bytes. */
  public static byte[] read(ByteBuffer in, int most, String what) throws BrokenFormException {
    need(in, 4, "the length of " + what);
    int length = in.getInt();
    require(length >= 0 && length <= most, "at most " + most + " bytes of " + what, length);
    need(in, length, what);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** Reads the name of an entry. */
  public static EntryName readName(ByteBuffer in) throws BrokenFormException {
    byte[] bytes = read(in, EntryName.LONGEST, "a name");
    try {
      return EntryName.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new BrokenFormException(String.valueOf(e.getMessage()));
    }
  }
}
