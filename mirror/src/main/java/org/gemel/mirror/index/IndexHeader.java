package org.gemel.mirror.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.Timestamp;

/**
 * The first bytes of an index: whose it is, and how far it counts.
 *
 * @param filters a sum over the filters, as others list other entries
 * @param begun when the last pass that was noted here began, by the source's clock or earlier
 * @param length how far the file was written durably; what lies behind was not
 */
record IndexHeader(
    FileIdentity source, FileIdentity target, long filters, Timestamp begun, long length) {
  static final int BYTES = 80;
  private static final long MAGIC = 0x47454D454C495833L;

  static Optional<IndexHeader> read(FileChannel file) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(BYTES);
    while (in.hasRemaining()) {
      if (file.read(in, in.position()) < 0) {
        return Optional.empty();
      }
    }
    in.flip();
    if (in.getLong() != MAGIC || in.getLong(BYTES - 8) != sum(in.array())) {
      return Optional.empty();
    }
    return Optional.of(
        new IndexHeader(
            new FileIdentity(in.getLong(), in.getLong()),
            new FileIdentity(in.getLong(), in.getLong()),
            in.getLong(),
            new Timestamp(in.getLong(), in.getInt()),
            in.getInt() * 8L + BYTES));
  }

  void write(FileChannel file) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(MAGIC);
    out.putLong(source.device()).putLong(source.inode());
    out.putLong(target.device()).putLong(target.inode());
    out.putLong(filters).putLong(begun.seconds()).putInt(begun.nanos());
    out.putInt(Math.toIntExact((length - BYTES) / 8));
    out.putLong(BYTES - 8, sum(out.array()));
    out.position(0);
    while (out.hasRemaining()) {
      file.write(out, out.position());
    }
  }

  private static long sum(byte[] header) {
    CRC32C sum = new CRC32C();
    sum.update(header, 0, BYTES - 8);
    return sum.getValue();
  }
}
