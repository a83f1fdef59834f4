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
  private final @Nullable OpenFile local;
  private final @Nullable SourceParts parts;
  private final EntryName name;
  private final Folder to;
  private @Nullable FileStatus before;
  private @Nullable BlockHashes hashes;
  private @Nullable FileIdentity now;

  /** One that is on this machine, or of which parts can be had. */
  LargeFile(
      SourceFile source,
      @Nullable OpenFile local,
      @Nullable SourceParts parts,
      EntryName name,
      Folder to) {
    this.source = source;
    this.local = local;
    this.parts = parts;
    this.name = name;
    this.to = to;
  }

  /** The source itself, if it is on this machine. */
  @Nullable OpenFile local() {
    return local;
  }

  /** Its parts, if it is not. */
  @Nullable SourceParts parts() {
    return parts;
  }

  /**
   * Writes to a file what comes of the source.
   *
   * @param overOld whether the file may hold something where the source has holes
   */
  DataWriter writer(OpenFile copy, boolean overOld, Moving written) {
    return new DataWriter(local, wanted(), copy, overOld, written);
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

  /**
   * Whether all that was read is of one state; elsewhere that is known for sure at its end only.
   */
  boolean isStill() throws IOException {
    return local == null
        ? parts != null && parts.isStill()
        : local.status().sameState(source.status());
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
