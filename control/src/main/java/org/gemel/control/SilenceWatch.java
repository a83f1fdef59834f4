package org.gemel.control;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Site;

/** Notices devices that have fallen silent: nothing arrives from those, so somebody has to look. */
final class SilenceWatch implements AutoCloseable {
  private static final long LOOK_EVERY_MILLISECONDS = 250;

  private final Site site;
  private final Runnable changed;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("silence-watch").factory());
  private Set<String> reachableBefore = Set.of();

  SilenceWatch(Site site, Runnable changed) {
    this.site = site;
    this.changed = changed;
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MILLISECONDS, LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  /** One look: tells if a device has fallen silent, or is heard again. */
  void look() {
    Set<String> reachable =
        site.devices().stream()
            .map(DeviceDocument::name)
            .filter(site::reachable)
            .collect(Collectors.toUnmodifiableSet());
    if (!reachable.equals(reachableBefore)) {
      reachableBefore = reachable;
      changed.run();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
