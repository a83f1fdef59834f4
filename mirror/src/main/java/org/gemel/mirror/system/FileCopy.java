package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies a file's content to a new file, holes staying holes. The kernel moves the bytes itself
 * where it can (sharing blocks where the file system allows), else they pass through this process.
 */
public final class FileCopy {
  private static final long CHUNK = 64L * 1024 * 1024;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int ENXIO = 6;

  /** Told of every piece; may throw a runtime exception to give the copy up. */
  public interface Progress {
    /** Asked before each piece how much of it may be moved; waits until it may. At least a byte. */
    default long allow(long bytes) {
      return bytes;
    }

    void copied(long bytes);
  }

  private final Descriptor from;
  private final Descriptor to;
  private final Progress progress;
  private boolean byKernel = true;

  private FileCopy(OpenFile from, OpenFile to, Progress progress) {
    this.from = from.descriptor();
    this.to = to.descriptor();
    this.progress = progress;
  }

  /**
   * Copies what a file held at a status. The caller compares the status again afterwards: if the
   * file changed meanwhile the copy is worth nothing.
   */
  public static void copy(OpenFile from, FileStatus status, OpenFile to, Progress progress)
      throws SystemCallException {
    FileCopy copy = new FileCopy(from, to, progress);
    if (status.allocated() < status.size()) {
      copy.copyDataBetweenHoles(0, status.size());
      copy.length(status.size());
    } else {
      copy.copyRange(0, status.size());
    }
  }

  /**
   * Copies a part of a file to the same place of another, which has only holes there.
   *
   * @param sparse whether the part may have holes
   */
  public static void copyPart(
      OpenFile from, boolean sparse, long start, long length, OpenFile to, Progress progress)
      throws SystemCallException {
    FileCopy copy = new FileCopy(from, to, progress);
    if (sparse) {
      copy.copyDataBetweenHoles(start, start + length);
    } else {
      copy.copyRange(start, length);
    }
  }

  private void copyDataBetweenHoles(long start, long size) throws SystemCallException {
    long at = start;
    while (at < size) {
      long data = Kernel.call(SystemCall.LSEEK, from.number(), at, SEEK_DATA);
      if (data == -ENXIO) {
        break;
      }
      if (data == -Errno.EINVAL) {
        copyRange(at, size - at);
        return;
      }
      SystemCallException.check(data, SystemCall.LSEEK, from.described());
      if (data >= size) {
        break;
      }
      long hole = Kernel.call(SystemCall.LSEEK, from.number(), data, SEEK_HOLE);
      SystemCallException.check(hole, SystemCall.LSEEK, from.described());
      copyRange(data, Math.min(hole, size) - data);
      at = hole;
    }
  }

  private void length(long size) throws SystemCallException {
    SystemCallException.check(
        Kernel.call(SystemCall.FTRUNCATE, to.number(), size), SystemCall.FTRUNCATE, to.described());
  }

  private void copyRange(long start, long length) throws SystemCallException {
    long at = start;
    long end = start + length;
    long allowed = 0;
    while (at < end) {
      allowed = allowed > 0 ? allowed : progress.allow(Math.min(end - at, CHUNK));
      // The kernel's own way pays from a few pages on.
      boolean direct = byKernel && length > CallMemory.BLOCK_BYTES;
      long moved = direct ? moveByKernel(at, allowed) : moveThroughMemory(at, allowed);
      if (moved == 0) {
        return;
      }
      at += moved;
      allowed -= moved;
      progress.copied(moved);
    }
  }

  private long moveByKernel(long at, long length) throws SystemCallException {
    MemorySegment offsets = CallMemory.ofThisThread().structure();
    offsets.set(ValueLayout.JAVA_LONG, 0, at);
    offsets.set(ValueLayout.JAVA_LONG, 8, at);
    long address = offsets.address();
    long moved =
        Kernel.call(
            SystemCall.COPY_FILE_RANGE,
            from.number(),
            address,
            to.number(),
            address + 8,
            length,
            0);
    if (moved > 0) {
      return moved;
    }
    boolean otherWay =
        moved == 0
            || moved == -Errno.EXDEV
            || moved == -Errno.EINVAL
            || moved == -Errno.ENOSYS
            || moved == -Errno.EOPNOTSUPP
            || moved == -Errno.EPERM;
    if (!otherWay) {
      SystemCallException.check(moved, SystemCall.COPY_FILE_RANGE, to.described());
    }
    byKernel = false;
    return moveThroughMemory(at, length);
  }

  private long moveThroughMemory(long at, long length) throws SystemCallException {
    MemorySegment block = CallMemory.ofThisThread().block();
    long wanted = Math.min(length, CallMemory.BLOCK_BYTES);
    long read =
        SystemCallException.check(
            Kernel.call(SystemCall.PREAD64, from.number(), block.address(), wanted, at),
            SystemCall.PREAD64,
            from.described());
    long written = 0;
    while (written < read) {
      written +=
          SystemCallException.check(
              Kernel.call(
                  SystemCall.PWRITE64,
                  to.number(),
                  block.address() + written,
                  read - written,
                  at + written),
              SystemCall.PWRITE64,
              to.described());
    }
    return read;
  }
}
