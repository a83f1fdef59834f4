package org.gemel.control;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.control.status.ReplicationDoubt;

/**
 * Notices what no message tells of, so that somebody has to look: devices that have fallen silent,
 * and replication that does not move.
 */
final class Lookout implements AutoCloseable {
  private static final long LOOK_EVERY_MILLISECONDS = 250;

  private final Site site;
  private final ReplicationDoubt doubt;
  private final Runnable changed;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lookout").factory());
  private Set<String> reachableBefore = Set.of();

  Lookout(Site site, ReplicationDoubt doubt, Runnable changed) {
    this.site = site;
    this.doubt = doubt;
    this.changed = changed;
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MILLISECONDS, LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  /**
   * One look: tells if a device has fallen silent or is heard again, or if replication is in doubt.
   */
  void look() {
    Set<String> reachable =
        site.devices().stream()
            .map(DeviceDocument::name)
            .filter(site::reachable)
            .collect(Collectors.toUnmodifiableSet());
    boolean doubtful = doubt.look(new Reality(site, 0));
    if (doubtful || !reachable.equals(reachableBefore)) {
      reachableBefore = reachable;
      changed.run();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
