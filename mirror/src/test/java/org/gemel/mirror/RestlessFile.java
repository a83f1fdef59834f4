package org.gemel.mirror;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A file that somebody writes to all the time. */
final class RestlessFile {
  private final AtomicBoolean over = new AtomicBoolean();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Path file;
  private final Thread writer;

  private RestlessFile(Path file) {
    this.file = file;
    this.writer = Thread.ofPlatform().start(this::write);
  }

  /** Does something while the file is written to, from before its begin until after its end. */
  static <T> T during(Path file, Supplier<T> deed) throws InterruptedException {
    RestlessFile restless = new RestlessFile(file);
    restless.begun.await();
    try {
      return deed.get();
    } finally {
      restless.over.set(true);
      restless.writer.join();
    }
  }

  private void write() {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      long size = open.length();
      for (long i = 0; !over.get(); i++) {
        open.seek(i % size);
        open.write((int) i);
        begun.countDown();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      begun.countDown();
    }
  }
}
