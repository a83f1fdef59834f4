package org.gemel.mirror;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is worked on, until everything in and below it is done. Then, and not before, its
 * own mode and time are set: every change of an entry moves its folder's time, and its final mode
 * may forbid reaching those below.
 */
final class RemoteFolder {
  private static final int MAY_CHANGE = 0300;

  private final RemoteParts parts;
  private final @Nullable RemoteFolder parent;
  private final SourceFolder source;
  private final TreePath path;
  private final @Nullable RemoteEntry found;
  private final AtomicInteger left = new AtomicInteger(1);
  private final Map<String, RemoteEntry> unfinished = new ConcurrentHashMap<>();
  private volatile @Nullable FileStatus wanted;
  private volatile boolean touched;
  private boolean lifted;

  /**
   * @param parent null for the top, which is not closed here
   * @param found what the server had before; null if it was made just now, or would be
   */
  RemoteFolder(
      RemoteParts parts,
      @Nullable RemoteFolder parent,
      SourceFolder source,
      TreePath path,
      @Nullable RemoteEntry found) {
    this.parts = parts;
    this.parent = parent;
    this.source = source;
    this.path = path;
    this.found = found;
    this.touched = found == null;
  }

  SourceFolder source() {
    return source;
  }

  TreePath path() {
    return path;
  }

  /** Whether the server had it before. */
  @Nullable RemoteEntry found() {
    return found;
  }

  /** Unfinished copies by the state of the source file they are of. */
  Map<String, RemoteEntry> unfinished() {
    return unfinished;
  }

  /** Notes what the folder is to be in the end, and says whether that is a change of its own. */
  boolean want(FileStatus status) {
    wanted = status;
    boolean differs = found != null && !parts.differ().compare(path, status, found).isEmpty();
    touched |= differs;
    return differs;
  }

  /** Its time will have been moved. */
  void touch() {
    touched = true;
  }

  /**
   * Makes sure its entries can be changed: without being the server's administrator one has to lift
   * its write protection for a while.
   */
  void prepare(RemoteConnection connection) throws IOException {
    touched = true;
    if (found == null || found.permissions() < 0 || !parts.abilities().permissions()) {
      return;
    }
    if ((found.permissions() & MAY_CHANGE) == MAY_CHANGE) {
      return;
    }
    synchronized (this) {
      if (!lifted) {
        connection.permissions(path, found.permissions() | 0700);
        lifted = true;
      }
    }
  }

  /** One more thing has to be done before the folder is. */
  void retain() {
    left.incrementAndGet();
  }

  /** One thing less. */
  void release() {
    @Nullable RemoteFolder at = this;
    while (at != null && at.left.decrementAndGet() == 0) {
      at.end();
      at = at.parent;
    }
  }

  private void end() {
    FileStatus status = wanted;
    try {
      if (status != null && touched) {
        parts.change(connection -> finish(connection, status));
      }
    } catch (IOException e) {
      parts.log().failed(path, e);
    } finally {
      if (parent != null) {
        source.close();
      }
    }
  }

  private void finish(RemoteConnection connection, FileStatus status) throws IOException {
    boolean sameMode = found != null && found.permissions() == status.permissions() && !lifted;
    if (parts.abilities().permissions() && !sameMode) {
      connection.permissions(path, status.permissions());
    }
    if (parts.abilities().folderTimes()) {
      connection.modified(path, status.modified());
    }
  }

  /** The name under this folder. */
  TreePath child(EntryName name) {
    return path.child(name);
  }
}
