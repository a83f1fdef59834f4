package org.gemel.mirror;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;

/** Writes pieces of a source to their places in a file, holes staying holes. */
final class DataWriter {
  private final FileContent source;
  private final boolean sparse;
  private final FileContent to;
  private final boolean overOld;
  private final Moving written;
  private final FileCopy.Progress early;
  private volatile boolean touched;

  /**
   * @param overOld whether the file may hold something where the source has holes
   * @param written asked before each piece is written, and told of it
   */
  DataWriter(OpenFile source, FileStatus status, OpenFile to, boolean overOld, Moving written) {
    this.source = new FileContent(source);
    this.sparse = status.allocated() < status.size();
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
    if (!sparse || (overOld && !to.punch(offset, length))) {
      written.await(length);
      to.write(offset, piece);
      early.copied(length);
      return;
    }
    int start = piece.position();
    long end = offset + length;
    long at = source.nextData(offset);
    while (at >= 0 && at < end) {
      long hole = Math.min(end, source.nextHole(at));
      int from = start + (int) (at - offset);
      written.await(hole - at);
      to.write(at, piece.slice(from, (int) (hole - at)));
      early.copied(hole - at);
      at = hole < end ? source.nextData(hole) : end;
    }
    piece.position(piece.limit());
  }

  /** Gives the file its length: what was not written before it is a hole. */
  void end(long size) throws IOException {
    touched = true;
    to.length(size);
  }
}
