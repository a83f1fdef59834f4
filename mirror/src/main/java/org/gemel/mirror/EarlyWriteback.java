package org.gemel.mirror;

import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.OpenFile;

/**
 * Keeps the disk at work while a large file is written: the batch is done only when it is durable,
 * and all of it still to be written then would be waited for.
 */
final class EarlyWriteback implements FileCopy.Progress {
  private static final long STEP = 16L * 1024 * 1024;

  private final OpenFile copy;
  private final FileCopy.Progress progress;
  private long written;

  EarlyWriteback(OpenFile copy, FileCopy.Progress progress) {
    this.copy = copy;
    this.progress = progress;
  }

  @Override
  public long allow(long bytes) {
    return progress.allow(bytes);
  }

  @Override
  public void copied(long bytes) {
    written += bytes;
    if (written >= STEP) {
      copy.beginWriteback();
      written = 0;
    }
    progress.copied(bytes);
  }
}
