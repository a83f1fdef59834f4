package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Reads and writes an open file's content at given places, from and to memory outside the heap.
 * Nothing is copied on the way, and the descriptor's own place is not used, so several may write
 * one file.
 */
public final class FileContent {
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int ENXIO = 6;

  /** {@code FICLONE} of {@code linux/fs.h}. */
  private static final long CLONE = 0x40049409L;

  /** Makes a hole and leaves the file's length. */
  private static final int PUNCH_HOLE = 3;

  private static final Set<Long> CANNOT =
      Set.of(
          (long) -Errno.EOPNOTSUPP,
          (long) -Errno.EXDEV,
          (long) -Errno.EINVAL,
          (long) -Errno.ENOTTY,
          (long) -Errno.ENOSYS,
          (long) -Errno.EPERM,
          (long) -Errno.ETXTBSY);

  private final Descriptor descriptor;

  public FileContent(OpenFile file) {
    this.descriptor = file.descriptor();
  }

  /**
   * Reads into a direct buffer as far as it has room and the file goes; moves its position.
   *
   * @return how many bytes that were; fewer than there was room for only at the file's end
   */
  public int read(long offset, ByteBuffer into) throws SystemCallException {
    MemorySegment memory = memory(into);
    long wanted = memory.byteSize();
    long filled = 0;
    while (filled < wanted) {
      long read =
          SystemCallException.check(
              Kernel.call(
                  SystemCall.PREAD64,
                  descriptor.number(),
                  memory.address() + filled,
                  wanted - filled,
                  offset + filled),
              SystemCall.PREAD64,
              descriptor.described());
      if (read == 0) {
        break;
      }
      filled += read;
    }
    into.position(into.position() + (int) filled);
    return (int) filled;
  }

  /** Writes all that a direct buffer holds from its position on; moves the position. */
  public void write(long offset, ByteBuffer from) throws SystemCallException {
    MemorySegment memory = memory(from);
    long wanted = memory.byteSize();
    long written = 0;
    while (written < wanted) {
      written +=
          SystemCallException.check(
              Kernel.call(
                  SystemCall.PWRITE64,
                  descriptor.number(),
                  memory.address() + written,
                  wanted - written,
                  offset + written),
              SystemCall.PWRITE64,
              descriptor.described());
    }
    from.position(from.limit());
  }

  /** Gives the file this length: what was not written is a hole. */
  public void length(long bytes) throws SystemCallException {
    check(Kernel.call(SystemCall.FTRUNCATE, descriptor.number(), bytes), SystemCall.FTRUNCATE);
  }

  /**
   * Makes this file's whole content that of another, of which it shares the storage until one of
   * them is written to.
   *
   * @return false if their file systems cannot; then nothing was done
   */
  public boolean cloneOf(OpenFile other) throws SystemCallException {
    long result =
        Kernel.call(SystemCall.IOCTL, descriptor.number(), CLONE, other.descriptor().number());
    if (CANNOT.contains(result)) {
      return false;
    }
    check(result, SystemCall.IOCTL);
    return true;
  }

  /**
   * Makes a hole.
   *
   * @return false if the file system cannot; then nothing was done
   */
  public boolean punch(long offset, long length) throws SystemCallException {
    long result =
        Kernel.call(SystemCall.FALLOCATE, descriptor.number(), PUNCH_HOLE, offset, length);
    if (CANNOT.contains(result)) {
      return false;
    }
    check(result, SystemCall.FALLOCATE);
    return true;
  }

  /** Makes what was written durable, with what is needed to read it again. */
  public void sync() throws SystemCallException {
    check(Kernel.call(SystemCall.FDATASYNC, descriptor.number()), SystemCall.FDATASYNC);
  }

  /**
   * Where the next data lie at or after an offset.
   *
   * @return the offset itself where the file system cannot tell; -1 if only a hole is left
   */
  public long nextData(long offset) throws SystemCallException {
    long data = Kernel.call(SystemCall.LSEEK, descriptor.number(), offset, SEEK_DATA);
    if (data == -ENXIO) {
      return -1;
    }
    return data == -Errno.EINVAL ? offset : check(data, SystemCall.LSEEK);
  }

  /** Where data that begin at an offset end: at a hole, or at the file's end. */
  public long nextHole(long offset) throws SystemCallException {
    long hole = Kernel.call(SystemCall.LSEEK, descriptor.number(), offset, SEEK_HOLE);
    return hole == -Errno.EINVAL || hole == -ENXIO ? Long.MAX_VALUE : check(hole, SystemCall.LSEEK);
  }

  private long check(long result, SystemCall call) throws SystemCallException {
    return SystemCallException.check(result, call, descriptor.described());
  }

  private static MemorySegment memory(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("found a buffer in the heap, wanted a direct one");
    }
    return MemorySegment.ofBuffer(buffer);
  }
}
