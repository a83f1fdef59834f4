package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The file system's own lasting name of an inode: stays the same when it is moved and is never
 * given again. Held as the kernel's {@code struct file_handle}: length, type, bytes.
 */
public final class FileHandle {
  /** What precedes the bytes: length and type, four bytes each. */
  public static final int HEADER = 8;

  private static final int LONGEST = 128;
  private static final int EMPTY_PATH = 0x1000;

  private final byte[] whole;
  private final int hash;

  private FileHandle(byte[] whole) {
    this.whole = whole;
    this.hash = Arrays.hashCode(whole);
  }

  /** A handle from the kernel's bytes, header and all; they are not copied. */
  public static FileHandle of(byte[] whole) {
    if (whole.length <= HEADER || whole.length > HEADER + LONGEST) {
      throw new IllegalArgumentException(
          "found a file handle of " + (whole.length - HEADER) + " bytes, wanted 1 to " + LONGEST);
    }
    return new FileHandle(whole);
  }

  /**
   * The handle of a held folder.
   *
   * @throws SystemCallException if its file system gives none
   */
  public static FileHandle of(Folder folder) throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    MemorySegment handle = memory.structure();
    handle.set(ValueLayout.JAVA_INT, 0, LONGEST);
    long mount = handle.address() + HEADER + LONGEST;
    long result =
        Kernel.call(
            SystemCall.NAME_TO_HANDLE_AT,
            folder.descriptor().number(),
            memory.first(new byte[0]),
            handle.address(),
            mount,
            EMPTY_PATH);
    SystemCallException.check(
        result, SystemCall.NAME_TO_HANDLE_AT, folder.descriptor().described());
    int length = handle.get(ValueLayout.JAVA_INT, 0);
    return of(handle.asSlice(0, HEADER + length).toArray(ValueLayout.JAVA_BYTE));
  }

  byte[] whole() {
    return whole;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileHandle that && Arrays.equals(whole, that.whole);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(whole, HEADER, whole.length);
  }
}
