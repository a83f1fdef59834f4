package org.gemel.mirror;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.gemel.mirror.system.ContentReader;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.Timestamp;

/**
 * A file on this machine, read through one descriptor and looked at before and after: if anything
 * changed, what was read may be torn.
 */
final class LocalSourceFile implements SourceFile {
  /** The coarsest step of the kernel's clock for file times (100 Hz), doubled. */
  private static final Duration CLOCK_STEP = Duration.ofMillis(20);

  private static final int BLOCK = 256 * 1024;

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
    awaitNextClockStep(opened.modified());
    FileCopy.copy(file, opened, copy, progress);
    return file.status().sameState(opened);
  }

  @Override
  public boolean stream(long from, Sink sink) throws IOException {
    awaitNextClockStep(opened.modified());
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

  /**
   * Waits until the kernel's clock has moved past a file's last change. Two writes within one step
   * leave the same time: a copy of the first would count as equal to the second for ever.
   */
  private static void awaitNextClockStep(Timestamp modified) {
    long now = System.currentTimeMillis();
    long then = modified.seconds() * 1000 + modified.nanos() / 1_000_000;
    long left = then + CLOCK_STEP.toMillis() - now;
    if (left > 0 && left <= CLOCK_STEP.toMillis()) {
      LockSupport.parkNanos(Duration.ofMillis(left).toNanos());
    }
  }
}
