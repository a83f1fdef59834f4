package org.gemel.mirror;

import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the target during the walk. Its own folder is missing where a dry run would make it.
 */
final class Place implements AutoCloseable {
  private final TreePath path;
  private final TreePath where;
  private final @Nullable Folder folder;
  private final @Nullable FileStatus status;
  private volatile boolean touched;
  private volatile boolean parked;
  private volatile boolean failed;
  private volatile @Nullable EntryName staged;
  private boolean writable;

  /**
   * @param status its status before the pass; null if the pass made it
   */
  Place(TreePath path, @Nullable Folder folder, @Nullable FileStatus status) {
    this(path, path, folder, status);
  }

  /**
   * @param where the path by which it is reached: in a plan what would be moved is where it was
   */
  Place(TreePath path, TreePath where, @Nullable Folder folder, @Nullable FileStatus status) {
    this.path = path;
    this.where = where;
    this.folder = folder;
    this.status = status;
    this.touched = status == null;
    this.writable =
        folder == null
            || status == null
            || Privilege.isRoot()
            || (status.permissions() & 0300) == 0300;
  }

  /** A folder that was made under another name, and is nobody's but this pass' until published. */
  static Place staged(TreePath path, Folder folder, EntryName name) {
    Place place = new Place(path, folder, null);
    place.staged = name;
    return place;
  }

  /** The name it has until it is published; null if it has its final one. */
  @Nullable EntryName staged() {
    return staged;
  }

  void published() {
    staged = null;
  }

  TreePath path() {
    return path;
  }

  TreePath where() {
    return where;
  }

  @Nullable Folder folder() {
    return folder;
  }

  @Nullable FileStatus status() {
    return status;
  }

  /** Whether its own metadata has to be set once everything in it is done. */
  boolean isTouched() {
    return touched;
  }

  void touch() {
    touched = true;
  }

  /** Notes that something in it is to go, later. */
  void noteParked() {
    parked = true;
  }

  /** Notes that something directly in it could not be made equal. */
  void noteFailed() {
    failed = true;
  }

  boolean hasFailed() {
    return failed;
  }

  boolean hasParked() {
    return parked;
  }

  /**
   * Makes sure entries can be changed: an ordinary user has to lift a folder's write protection for
   * a while, and gives the mode back at the end.
   */
  synchronized void prepareForChange() throws SystemCallException {
    touched = true;
    if (!writable && folder != null && status != null) {
      folder.inode().permissions(status.permissions() | 0700);
      writable = true;
    }
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }
}
