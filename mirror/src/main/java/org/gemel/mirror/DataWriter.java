package org.gemel.mirror;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;
import org.jspecify.annotations.Nullable;

/** Writes pieces of a source to their places in a file, holes staying holes. */
final class DataWriter {
  private static final long ZEROS = 64 * 1024;

  private final @Nullable FileContent source;
  private final boolean sparse;
  private final FileContent to;
  private final boolean overOld;
  private final Moving written;
  private final FileCopy.Progress early;
  private volatile boolean touched;

  /**
   * @param source where holes are looked up; null if what comes leaves them out
   * @param overOld whether the file may hold something where the source has holes
   * @param written asked before each piece is written, and told of it
   */
  DataWriter(
      @Nullable OpenFile source, FileStatus status, OpenFile to, boolean overOld, Moving written) {
    this.source = source == null ? null : new FileContent(source);
    this.sparse = source != null && status.allocated() < status.size();
    this.to = new FileContent(to);
    this.overOld = overOld;
    this.written = written;
    this.early = new EarlyWriteback(to, written);
  }

  /** Whether the file may have been written to. */
  boolean hasTouched() {
    return touched;
  }

  /** Writes a piece; its buffer's position is moved to its end. */
  void write(long offset, ByteBuffer piece) throws IOException {
    int length = piece.remaining();
    touched = true;
    FileContent holes = source;
    if (holes == null || !sparse || (overOld && !to.punch(offset, length))) {
      written.await(length);
      to.write(offset, piece);
      early.copied(length);
      return;
    }
    int start = piece.position();
    long end = offset + length;
    long at = holes.nextData(offset);
    while (at >= 0 && at < end) {
      long hole = Math.min(end, holes.nextHole(at));
      int from = start + (int) (at - offset);
      written.await(hole - at);
      to.write(at, piece.slice(from, (int) (hole - at)));
      early.copied(hole - at);
      at = hole < end ? holes.nextData(hole) : end;
    }
    piece.position(piece.limit());
  }

  /** Leaves a hole, or makes one where the file may hold something. */
  void hole(long offset, long length) throws IOException {
    if (!overOld || length == 0) {
      return;
    }
    touched = true;
    if (!to.punch(offset, length)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(length, ZEROS));
      for (long at = 0; at < length; at += zeros.capacity()) {
        to.write(offset + at, zeros.clear().limit((int) Math.min(zeros.capacity(), length - at)));
      }
    }
  }

  /** Gives the file its length: what was not written before it is a hole. */
  void end(long size) throws IOException {
    touched = true;
    to.length(size);
  }
}
