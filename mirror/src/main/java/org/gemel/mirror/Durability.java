package org.gemel.mirror;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;

/**
 * Makes what was mirrored durable soon after, apart from the mirroring so that no change waits for
 * a disk. Closing makes the last of it durable.
 */
final class Durability implements AutoCloseable {
  private static final long SOON_MILLIS = 1000;

  private final TreeRoot target;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("mirror-durability").factory());
  private boolean dirty;

  Durability(TreeRoot target) {
    this.target = target;
  }

  /** Something was written. */
  synchronized void changed() {
    if (!dirty) {
      dirty = true;
      var unused = executor.schedule(this::sync, SOON_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void sync() {
    synchronized (this) {
      dirty = false;
    }
    try (Folder folder = Folder.openRoot(target.path())) {
      folder.syncFileSystem();
    } catch (SystemCallException e) {
      // What was lost is found by the next pass over the whole tree, which syncs and says so.
      return;
    }
  }

  @Override
  public void close() {
    boolean last;
    executor.shutdownNow();
    synchronized (this) {
      last = dirty;
    }
    if (last) {
      sync();
    }
    executor.close();
  }
}
