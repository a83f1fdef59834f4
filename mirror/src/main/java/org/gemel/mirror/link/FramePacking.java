package org.gemel.mirror.link;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.gemel.mirror.system.PackedForm.BrokenFormException;
import org.jspecify.annotations.Nullable;

/** Makes frames smaller where that is wanted and pays (zstd); always able to read such frames. */
final class FramePacking {
  static final int LEVEL = 1;
  private static final int WORTH_TRYING = 512;

  private final boolean packs;
  private @Nullable ByteBuffer packed;
  private @Nullable ByteBuffer unpacked;

  FramePacking(boolean packs) {
    this.packs = packs;
  }

  static final FramePacking NONE = new FramePacking(false);

  /**
   * Packs a part of a buffer in its place.
   *
   * @return how long it is now; -1 if it was left as it is
   */
  int pack(ByteBuffer buffer, int from, int length) {
    if (!packs || length < WORTH_TRYING) {
      return -1;
    }
    if (packed == null) {
      packed = ByteBuffer.allocateDirect((int) Zstd.compressBound(Connection.LARGEST));
    }
    long result =
        Zstd.compressDirectByteBuffer(packed, 0, packed.capacity(), buffer, from, length, LEVEL);
    if (Zstd.isError(result) || result > length - length / 16) {
      return -1;
    }
    buffer.put(from, packed, 0, (int) result);
    return (int) result;
  }

  /** Unpacks a part of a buffer, whose length once unpacked has been looked at. */
  ByteBuffer unpack(ByteBuffer buffer, int from, int length, int whole) throws BrokenFormException {
    if (this == NONE) {
      throw new BrokenFormException("found a packed frame, wanted plain ones: none was agreed on");
    }
    if (unpacked == null) {
      unpacked = ByteBuffer.allocateDirect(Connection.LARGEST).order(ByteOrder.LITTLE_ENDIAN);
    }
    unpacked.clear();
    long result = Zstd.decompressDirectByteBuffer(unpacked, 0, whole, buffer, from, length);
    if (Zstd.isError(result) || result != whole) {
      throw new BrokenFormException(
          "found a packed frame that cannot be unpacked to " + whole + " bytes");
    }
    return unpacked.limit(whole).position(0);
  }
}
