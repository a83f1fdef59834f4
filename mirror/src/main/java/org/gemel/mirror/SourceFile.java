package org.gemel.mirror;

import java.io.IOException;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;
import org.jspecify.annotations.Nullable;

/** A file of the tree that is mirrored, open for reading. */
public interface SourceFile {
  /** What it was when it was opened. */
  FileStatus status();

  ExtendedAttributes attributes() throws IOException;

  /**
   * Writes its content to a new file, holes staying holes.
   *
   * @return whether it held still: nothing was written to it, nor its metadata changed, since it
   *     was opened. If not, what was written is worth nothing.
   */
  boolean copyTo(OpenFile copy, FileCopy.Progress progress) throws IOException;

  /**
   * The file itself where it is on this machine, to be read at any place and by several threads.
   * Whoever reads it has to look at its status again afterwards, as {@link #copyTo} does.
   */
  default @Nullable OpenFile local() {
    return null;
  }

  /** Takes a file's bytes in their order. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes the next bytes; the block is used again afterwards.
     *
     * @throws IOException ends the reading
     */
    void take(byte[] block, int length) throws IOException;
  }

  /**
   * Reads its content, for targets that are reached by a protocol and not by a descriptor.
   *
   * @param from where to begin, in bytes
   * @return as {@link #copyTo} does
   */
  default boolean stream(long from, Sink sink) throws IOException {
    throw new UnsupportedOperationException("files of this source cannot be read as a stream");
  }

  /** Whether another file holds the same bytes. */
  boolean hasContentOf(OpenFile other, Runnable allowStop) throws IOException;
}
