package org.gemel.mirror.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;

/**
 * One connection to a server, used by one thread at a time. All paths begin at the target's top
 * folder and are made of names, so none leaves it.
 *
 * <p>Failures are {@link RemoteException}s. After one of the kind {@link
 * RemoteException.Kind#LINK_LOST} the connection is of no more use.
 */
public interface RemoteConnection extends Closeable {
  /** What this server can do; may be found out by trying it on a file that is removed again. */
  RemoteAbilities abilities() throws IOException;

  /** Whether a file can be written from a place within it on. */
  default boolean canGoOn() {
    return true;
  }

  /** Looks at an entry, a symbolic link itself included; empty if there is none. */
  Optional<RemoteEntry> status(TreePath path) throws IOException;

  /** Lists a folder. */
  RemoteListing list(TreePath folder) throws IOException;

  /** Where a symbolic link points, as its bytes. */
  byte[] linkTarget(TreePath link) throws IOException;

  /** Reads a file. Nothing else may be done here until the stream is closed. */
  InputStream read(TreePath file) throws IOException;

  /**
   * Writes a file, beginning at a place in it: 0 makes it anew. Nothing else may be done here until
   * the upload is closed.
   *
   * @param permissions what the mode will be; until then nobody gets more than that
   */
  RemoteUpload write(TreePath file, long from, int permissions) throws IOException;

  void makeFolder(TreePath folder) throws IOException;

  void makeLink(TreePath link, byte[] target) throws IOException;

  /** Renames, in place of anything that is no folder. */
  void rename(TreePath from, TreePath to) throws IOException;

  /** Removes what is no folder. */
  void removeFile(TreePath file) throws IOException;

  /** Removes an empty folder. */
  void removeFolder(TreePath folder) throws IOException;

  /** Sets the time of a file or folder; of a symbolic link only where the abilities say so. */
  void modified(TreePath path, Timestamp time) throws IOException;

  /** Sets the mode of a file or folder. */
  void permissions(TreePath path, int permissions) throws IOException;
}
