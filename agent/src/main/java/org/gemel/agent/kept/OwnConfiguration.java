package org.gemel.agent.kept;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gemel.config.kept.KeptArchive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the control point the files of this device: after each welcome, and within a minute after
 * one of them has changed. Nothing is remembered over a restart; the next welcome tells it again.
 */
public final class OwnConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(OwnConfiguration.class);
  private static final long EVERY_SECONDS = 60;

  private final Optional<OwnFiles> files;
  private final Consumer<byte[]> tell;
  private final Semaphore welcomes = new Semaphore(0);
  private final Thread thread;
  private byte @Nullable [] told;
  private String said = "";

  /**
   * @param files none where the device was not started from a file
   * @param tell takes an archive; it may be lost where no control point listens
   */
  public OwnConfiguration(Optional<OwnFiles> files, Consumer<byte[]> tell) {
    this.files = files;
    this.tell = tell;
    this.thread = Thread.ofPlatform().daemon().name("own-configuration").unstarted(this::go);
  }

  public void start() {
    thread.start();
  }

  /** A control point listens that has not heard it yet. */
  public void welcomed() {
    welcomes.release();
  }

  public void end() throws InterruptedException {
    thread.interrupt();
    // A file may lie on a volume that hangs.
    thread.join(TimeUnit.SECONDS.toMillis(2));
  }

  private void go() {
    try {
      while (true) {
        if (welcomes.tryAcquire(EVERY_SECONDS, TimeUnit.SECONDS)) {
          welcomes.drainPermits();
          told = null;
        }
        files.ifPresent(this::look);
      }
    } catch (InterruptedException ending) {
      LOG.debug("the agent ends");
    }
  }

  private void look(OwnFiles own) {
    try {
      var reading = own.read();
      say(reading.trouble());
      var archive = KeptArchive.write(reading.machine());
      if (!Arrays.equals(archive, told)) {
        tell.accept(archive);
        told = archive;
      }
    } catch (IOException | RuntimeException unread) {
      say(String.valueOf(unread.getMessage()));
    }
  }

  private void say(String trouble) {
    if (!trouble.equals(said) && !trouble.isEmpty()) {
      LOG.warn("not all of this device's configuration is kept for a replacement: {}", trouble);
    }
    said = trouble;
  }
}
