package org.gemel.mirror;

import java.io.IOException;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** One large file on its way: what it is to be, where it goes, and what is known of it by now. */
final class LargeFile {
  private final SourceFile source;
  private final OpenFile local;
  private final EntryName name;
  private final Folder to;
  private @Nullable FileStatus before;
  private @Nullable BlockHashes hashes;
  private @Nullable FileIdentity now;

  LargeFile(SourceFile source, OpenFile local, EntryName name, Folder to) {
    this.source = source;
    this.local = local;
    this.name = name;
    this.to = to;
  }

  OpenFile local() {
    return local;
  }

  EntryName name() {
    return name;
  }

  Folder to() {
    return to;
  }

  TreePath path() {
    return to.path().child(name);
  }

  /** What it was when it was opened. */
  FileStatus wanted() {
    return source.status();
  }

  Metadata metadata() throws IOException {
    return new Metadata(source.status(), source.attributes());
  }

  /** Copies the whole of it; false if it changed meanwhile. */
  boolean copyTo(OpenFile copy, FileCopy.Progress progress) throws IOException {
    return source.copyTo(copy, progress);
  }

  /** Whether all that was read is of one state. */
  boolean isStill() throws IOException {
    return local.status().sameState(source.status());
  }

  /** What the target has under the name; nothing, or anything. */
  @Nullable FileStatus target() throws IOException {
    try {
      before = to.status(name);
    } catch (IOException e) {
      if (!Errno.is(e, Errno.ENOENT)) {
        throw e;
      }
      before = null;
    }
    return before;
  }

  /** What {@link #target} has found. */
  @Nullable FileStatus before() {
    return before;
  }

  /** Notes what it holds once it is there. */
  void became(BlockHashes content) {
    hashes = content;
  }

  @Nullable BlockHashes hashes() {
    return hashes;
  }

  /** Notes which file of the target holds it. */
  void isNow(FileStatus made) {
    now = made.identity();
  }

  /** Whether this is the file that was noted, and as it was left. */
  boolean isLeftAs(FileStatus found) {
    return found.identity().equals(now) && found.modified().equals(wanted().modified());
  }
}
