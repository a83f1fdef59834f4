package org.gemel.mirror.remote;

import java.io.Closeable;
import java.io.IOException;
import org.gemel.mirror.system.Timestamp;

/** A file that is being written under a temporary name. */
public interface RemoteUpload extends Closeable {
  /** Sends a part of a block, which may be used again when this returns. */
  void write(byte[] block, int from, int length) throws IOException;

  /**
   * Ends the file: when this returns the server has all its bytes, with time and mode as far as it
   * keeps them, on stable storage where it can be asked for that.
   *
   * @param size what the file's length must now be
   */
  void finish(long size, Timestamp modified, int permissions) throws IOException;

  /** Lets go of the file, finished or not; does not remove it. */
  @Override
  void close() throws IOException;
}
