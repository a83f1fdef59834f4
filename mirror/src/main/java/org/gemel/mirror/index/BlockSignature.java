package org.gemel.mirror.index;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;

/**
 * What is remembered of a large file of the target. It speaks of that inode in that state only:
 * whoever writes to the file, or gives it back an old time, moves its time of change.
 *
 * @param path where it was, to find out later whether it still is
 * @param appending whether something was about to be appended to it: then it may be longer, and
 *     nothing is known of it for sure but that it is worth reading
 */
public record BlockSignature(
    FileIdentity file,
    Timestamp modified,
    Timestamp changed,
    TreePath path,
    boolean appending,
    BlockHashes hashes) {
  private static final long MAGIC = 0x47454D454C424C32L;
  private static final int SUM = 8;

  public static BlockSignature of(FileStatus status, TreePath path, BlockHashes hashes) {
    return new BlockSignature(
        status.identity(), status.modified(), status.changed(), path, false, hashes);
  }

  /** The same of a file that is about to be appended to. */
  public BlockSignature whileAppending() {
    return new BlockSignature(file, modified, changed, path, true, hashes);
  }

  /** Whether a file is the one this speaks of, in that state. */
  public boolean isOf(FileStatus now) {
    return file.equals(now.identity())
        && hashes.size() == now.size()
        && modified.equals(now.modified())
        && changed.equals(now.changed());
  }

  byte[] bytes() {
    int names = path.names().stream().mapToInt(name -> 4 + name.bytes().length).sum();
    ByteBuffer out =
        ByteBuffer.allocate(8 + 8 + 16 + 24 + 8 + names + hashes.count() * BlockHashes.HASH + SUM);
    out.putLong(MAGIC).putLong(hashes.size()).putLong(file.device()).putLong(file.inode());
    out.putLong(modified.seconds()).putInt(modified.nanos());
    out.putLong(changed.seconds()).putInt(changed.nanos());
    out.putInt(appending ? 1 : 0).putInt(path.names().size());
    for (EntryName name : path.names()) {
      out.putInt(name.bytes().length).put(name.bytes());
    }
    hashes.writeTo(out);
    return out.putLong(sum(out.array())).array();
  }

  /** Reads what {@link #bytes()} wrote; nothing if it is something else. */
  static Optional<BlockSignature> of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < SUM || in.getLong(bytes.length - SUM) != sum(bytes)) {
      return Optional.empty();
    }
    return read(in.limit(bytes.length - SUM), true);
  }

  /** The same without the hashes, from what a signature begins with; its sum is not looked at. */
  static Optional<BlockSignature> ofBeginning(byte[] bytes) {
    return read(ByteBuffer.wrap(bytes), false);
  }

  private static Optional<BlockSignature> read(ByteBuffer in, boolean whole) {
    try {
      if (in.getLong() != MAGIC) {
        return Optional.empty();
      }
      long size = in.getLong();
      FileIdentity file = new FileIdentity(in.getLong(), in.getLong());
      Timestamp modified = new Timestamp(in.getLong(), in.getInt());
      Timestamp changed = new Timestamp(in.getLong(), in.getInt());
      boolean appending = in.getInt() != 0;
      TreePath path = TreePath.ROOT;
      for (int depth = in.getInt(); depth > 0; depth--) {
        byte[] name = new byte[Math.min(in.getInt(), in.remaining())];
        in.get(name);
        path = path.child(EntryName.of(name));
      }
      BlockHashes hashes = whole ? BlockHashes.readFrom(in, size) : new BlockHashes(0);
      return Optional.of(new BlockSignature(file, modified, changed, path, appending, hashes));
    } catch (BufferUnderflowException | NegativeArraySizeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long sum(byte[] bytes) {
    return Hashing.xxh3_64().hashBytesToLong(bytes, 0, bytes.length - SUM);
  }
}
