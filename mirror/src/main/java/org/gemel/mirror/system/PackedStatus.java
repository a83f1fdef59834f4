package org.gemel.mirror.system;

import java.nio.ByteBuffer;
import org.gemel.mirror.system.PackedForm.BrokenFormException;

/** A status as bytes, for another machine. */
public final class PackedStatus {
  /** How many bytes a status takes. */
  public static final int BYTES = 88;

  private static final int NANOS = 1_000_000_000;

  private PackedStatus() {}

  /** Appends a status to a buffer. */
  public static void write(FileStatus status, ByteBuffer out) {
    out.putInt(status.type().mode() | status.permissions());
    out.putInt(status.owner());
    out.putInt(status.group());
    out.putInt(status.links());
    out.putLong(status.size());
    out.putLong(status.allocated());
    out.putLong(status.modified().seconds());
    out.putInt(status.modified().nanos());
    out.putLong(status.changed().seconds());
    out.putInt(status.changed().nanos());
    out.putLong(status.born().seconds());
    out.putInt(status.born().nanos());
    out.putLong(status.identity().device());
    out.putLong(status.identity().inode());
    out.putInt(status.mountRoot() ? 1 : 0);
  }

  /**
   * Reads a status.
   *
   * @throws BrokenFormException if no file can have it
   */
  public static FileStatus read(ByteBuffer in) throws BrokenFormException {
    PackedForm.need(in, BYTES, "a status");
    int mode = in.getInt();
    int owner = in.getInt();
    int group = in.getInt();
    int links = in.getInt();
    long size = in.getLong();
    long allocated = in.getLong();
    Timestamp modified = time(in);
    Timestamp changed = time(in);
    Timestamp born = time(in);
    FileIdentity identity = new FileIdentity(in.getLong(), in.getLong());
    int mountRoot = in.getInt();
    PackedForm.require(PackedForm.isMode(mode), "a file mode", mode);
    PackedForm.require(links >= 0, "a number of links", links);
    PackedForm.require(size >= 0, "a size", size);
    PackedForm.require(allocated >= 0, "an allocated size", allocated);
    PackedForm.require((mountRoot & ~1) == 0, "flags", mountRoot);
    return new FileStatus(
        FileType.ofMode(mode),
        mode & 07777,
        owner,
        group,
        size,
        allocated,
        modified,
        changed,
        born,
        identity,
        links,
        mountRoot == 1);
  }

  private static Timestamp time(ByteBuffer in) throws BrokenFormException {
    long seconds = in.getLong();
    int nanos = in.getInt();
    PackedForm.require(nanos >= 0 && nanos < NANOS, "nanoseconds", nanos);
    return new Timestamp(seconds, nanos);
  }
}
