package org.gemel.mirror;

import java.io.IOException;
import org.gemel.mirror.system.ContentReader;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/**
 * A file on this machine, read through one descriptor and looked at before and after: if anything
 * changed, what was read may be torn.
 */
final class LocalSourceFile implements SourceFile {
  private static final int BLOCK = 256 * 1024;

  private final OpenFile file;
  private final FreshFiles fresh;
  private final TreePath path;
  private final FileStatus opened;

  LocalSourceFile(OpenFile file, FreshFiles fresh, TreePath path) throws SystemCallException {
    this.file = file;
    this.fresh = fresh;
    this.path = path;
    this.opened = file.status();
  }

  @Override
  public FileStatus status() {
    return opened;
  }

  @Override
  public ExtendedAttributes attributes() throws SystemCallException {
    return file.attributes();
  }

  @Override
  public boolean copyTo(OpenFile copy, FileCopy.Progress progress) throws SystemCallException {
    fresh.check(path, opened);
    FileCopy.copy(file, opened, copy, progress);
    return file.status().sameState(opened);
  }

  @Override
  public OpenFile local() {
    fresh.check(path, opened);
    return file;
  }

  @Override
  public boolean stream(long from, Sink sink) throws IOException {
    fresh.check(path, opened);
    ContentReader reader = new ContentReader(file);
    reader.skip(from);
    byte[] block = new byte[Math.clamp(opened.size() - from + 1, 1, BLOCK)];
    for (int filled = reader.fill(block); filled > 0; filled = reader.fill(block)) {
      sink.take(block, filled);
    }
    return file.status().sameState(opened);
  }

  @Override
  public boolean hasContentOf(OpenFile other, Runnable allowStop) throws SystemCallException {
    return SameContent.check(file, opened.size(), other, allowStop);
  }
}
