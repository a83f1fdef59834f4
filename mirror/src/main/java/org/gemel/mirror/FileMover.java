package org.gemel.mirror;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.Timestamp;

/**
 * Copies a file's content and puts it under its final name, whole or not at all.
 *
 * <p>The source is read through one descriptor and looked at before and after: if anything changed,
 * the copy may be torn and is thrown away.
 */
final class FileMover {
  private static final int TRIES = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  /** The coarsest step of the kernel's clock for file times (100 Hz), doubled. */
  private static final Duration CLOCK_STEP = Duration.ofMillis(20);

  private final TemporaryNames temporaries;
  private final PassLog log;

  FileMover(TemporaryNames temporaries, PassLog log) {
    this.temporaries = temporaries;
    this.log = log;
  }

  /**
   * Copies until the file held still.
   *
   * @throws SourceChangedException if it never did
   */
  void move(Folder from, Entry entry, Folder to) throws SystemCallException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      if (attempt > 1) {
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
      if (tryMove(from, entry, to)) {
        return;
      }
      log.allowStop();
    }
    throw new SourceChangedException(
        "the source changed while it was read, " + TRIES + " times; the next pass tries again");
  }

  private boolean tryMove(Folder from, Entry entry, Folder to) throws SystemCallException {
    try (OpenFile source = from.openFile(entry.name())) {
      FileStatus before = source.status();
      if (before.type() != FileType.FILE) {
        return false;
      }
      awaitNextClockStep(before.modified());
      EntryName temporary = temporaries.next();
      try (OpenFile copy = to.changes().createFile(temporary)) {
        if (!fill(source, before, copy)) {
          to.changes().removeFile(temporary);
          return false;
        }
        // Closed first: a network file system reports only now what it could not keep.
        copy.finish();
        to.changes().rename(temporary, entry.name());
        return true;
      } catch (SystemCallException e) {
        throw TreeApplier.giveUp(to.changes(), temporary, e);
      } catch (PassLog.StopRequested stop) {
        to.changes().removeFile(temporary);
        throw stop;
      }
    }
  }

  private boolean fill(OpenFile source, FileStatus before, OpenFile copy)
      throws SystemCallException {
    if (!copy.tryLock()) {
      return false;
    }
    FileCopy.copy(
        source,
        before,
        copy,
        bytes -> {
          log.moved(bytes);
          log.allowStop();
        });
    Metadata metadata = new Metadata(before, source.attributes());
    if (!source.status().sameState(before) || copy.status().size() != before.size()) {
      return false;
    }
    metadata.impose(copy.inode());
    return true;
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

  /** The source would not hold still. */
  static final class SourceChangedException extends RuntimeException {
    SourceChangedException(String message) {
      super(message);
    }
  }
}
