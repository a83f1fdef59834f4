package org.gemel.mirror;

import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileClock;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;

/**
 * A file on this machine, read through one descriptor and looked at before and after: if anything
 * changed, what was read may be torn.
 */
final class LocalSourceFile implements SourceFile {
  private final OpenFile file;
  private final FileStatus opened;

  LocalSourceFile(OpenFile file) throws SystemCallException {
    this.file = file;
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
    FileClock.awaitStepAfter(opened.modified());
    FileCopy.copy(file, opened, copy, progress);
    return file.status().sameState(opened);
  }

  @Override
  public boolean hasContentOf(OpenFile other, Runnable allowStop) throws SystemCallException {
    return SameContent.check(file, opened.size(), other, allowStop);
  }
}
