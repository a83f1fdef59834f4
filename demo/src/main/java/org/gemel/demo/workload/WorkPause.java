package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Lets a proof hold all work between two items, by locks on two bytes of one file that the kernel
 * frees with their process. An item holds byte 1 shared. Byte 0 is the turnstile in front of it:
 * workers pass through it, the proof stays in it, so that workers following each other closely
 * cannot keep the proof out for ever.
 */
public final class WorkPause implements AutoCloseable {
  private static final long TURNSTILE = 0;
  private static final long WORK = 1;

  private final FileChannel file;

  private WorkPause(FileChannel file) {
    this.file = file;
  }

  /** Opens the file, making it if need be. One per process. */
  public static WorkPause open(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new WorkPause(
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Waits while a proof holds the work; the lock is to be closed at the end of the item. */
  FileLock beginItem() throws IOException {
    try (FileLock _ = file.lock(TURNSTILE, 1, true)) {
      return file.lock(WORK, 1, true);
    }
  }

  /**
   * Holds all work: returns once every item begun has ended.
   *
   * @return what to close so that work goes on
   * @throws IOException if items did not end within the time
   */
  public Hold hold(Duration within) throws IOException, InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    FileLock turnstile = lock(TURNSTILE, end, "another proof holds the work");
    try {
      return new Hold(turnstile, lock(WORK, end, "an item in work did not end"));
    } catch (IOException | InterruptedException e) {
      turnstile.close();
      throw e;
    }
  }

  private FileLock lock(long position, long endNanos, String otherwise)
      throws IOException, InterruptedException {
    while (true) {
      FileLock lock = file.tryLock(position, 1, false);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > endNanos) {
        throw new IOException(otherwise + " in time: try again, or end the workloads first");
      }
      Thread.sleep(5);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Work stands still until this is closed. */
  public static final class Hold implements AutoCloseable {
    private final FileLock turnstile;
    private final FileLock work;

    private Hold(FileLock turnstile, FileLock work) {
      this.turnstile = turnstile;
      this.work = work;
    }

    @Override
    public void close() throws IOException {
      work.close();
      turnstile.close();
    }
  }
}
