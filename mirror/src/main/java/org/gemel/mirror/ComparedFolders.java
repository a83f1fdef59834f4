package org.gemel.mirror;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * A pair of folders, or one alone, held open until all in and below it is compared. Then it is
 * looked at again: if names came or went meanwhile, what was read is no state that the folder ever
 * was in, and nobody may call it equal.
 */
final class ComparedFolders {
  private final @Nullable ComparedFolders parent;
  private final Folder one;
  private final @Nullable Folder other;
  private final FileStatus first;
  private final @Nullable FileStatus second;
  private final PassLog log;
  private final Consumer<byte[]> whenDigested;
  private final AtomicInteger left = new AtomicInteger(1);
  private volatile @Nullable FolderDigest digest;

  /**
   * @param parent null for the roots, which others close
   * @param whenDigested told the digest of the first folder at the end, if there is one
   */
  ComparedFolders(
      @Nullable ComparedFolders parent,
      Folder one,
      @Nullable Folder other,
      PassLog log,
      Consumer<byte[]> whenDigested)
      throws IOException {
    this.parent = parent;
    this.one = one;
    this.other = other;
    this.first = one.status();
    this.second = other == null ? null : other.status();
    this.log = log;
    this.whenDigested = whenDigested;
  }

  TreePath path() {
    return one.path();
  }

  Folder one() {
    return one;
  }

  /** Null where a tree is read alone. */
  @Nullable Folder other() {
    return other;
  }

  FileStatus first() {
    return first;
  }

  @Nullable FileStatus second() {
    return second;
  }

  void digest(FolderDigest made) {
    digest = made;
  }

  @Nullable FolderDigest digest() {
    return digest;
  }

  /** One more thing has to be done before the folders are. */
  void retain() {
    left.incrementAndGet();
  }

  /** One thing less. */
  void release() {
    @Nullable ComparedFolders at = this;
    while (at != null && at.left.decrementAndGet() == 0) {
      at.end();
      at = at.parent;
    }
  }

  private void end() {
    try {
      checkStill(one, first, "first");
      if (other != null && second != null) {
        checkStill(other, second, "second");
      }
      FolderDigest made = digest;
      if (made != null) {
        whenDigested.accept(made.finish());
      }
    } finally {
      if (parent != null) {
        one.close();
        if (other != null) {
          other.close();
        }
      }
    }
  }

  private void checkStill(Folder folder, FileStatus before, String which) {
    try {
      if (!folder.status().sameState(before)) {
        log.failed(
            path(), "the " + which + " tree's folder changed while it was compared; compare again");
      }
    } catch (IOException e) {
      log.failed(path(), e);
    }
  }
}
