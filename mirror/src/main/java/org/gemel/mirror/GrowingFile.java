package org.gemel.mirror;

import java.io.IOException;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.FileStatus;

/**
 * Finds one state of a source that is written to all the time and only gets longer. What was read
 * of it is read again: if both are the same, each block was the same from its first reading to its
 * second, so all of them were there together at the instant between the two.
 *
 * <p>Only what is appended to a known beginning is brought so. A file that is new or changes at its
 * beginning, too, has to rest: what it says there of its length might be younger than its length.
 */
final class GrowingFile {
  private final int threads;
  private final Runnable allowStop;

  GrowingFile(int threads, Runnable allowStop) {
    this.threads = threads;
    this.allowStop = allowStop;
  }

  /** Whether a source may have got longer and no more since it was opened. */
  static boolean mayBe(LargeFile file) throws IOException {
    FileStatus now = file.local().status();
    return now.identity().equals(file.wanted().identity()) && now.size() > file.wanted().size();
  }

  /**
   * Whether what has been read of a source is of one state: it has not changed since it was opened,
   * or has only grown beyond what it was.
   *
   * @param read the hashes of all that was read
   */
  boolean isOneState(LargeFile file, BlockHashes read) throws IOException {
    if (file.isStill()) {
      return true;
    }
    if (!mayBe(file)) {
      return false;
    }
    BlockHashes again = new BlockHashes(read.size());
    return new BlockReader(file.local(), file.wanted(), threads, allowStop)
            .read(again, (_, _) -> true)
        && again.isSame(read);
  }
}
