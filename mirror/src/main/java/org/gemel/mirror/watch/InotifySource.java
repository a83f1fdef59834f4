package org.gemel.mirror.watch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.system.EventQueue;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.Inotify;
import org.gemel.mirror.system.Pollable;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.system.Wait;

/** Events of each single folder of the tree. */
final class InotifySource implements EventSource {
  /** The kernel queues both halves of a move in one go; only a preempted writer takes longer. */
  private static final Duration BETWEEN_HALVES = Duration.ofMillis(5);

  private final EventQueue queue;
  private final Wait wait;
  private final WatchPlanter planter;
  private final WatchTree tree;
  private final Telling<WatchedFolder> telling;
  private final String before;
  private boolean mountsChanged;

  private InotifySource(
      EventQueue queue, Wait wait, WatchPlanter planter, WatchRequest request, String before)
      throws SystemCallException {
    this.queue = queue;
    this.wait = wait;
    this.planter = planter;
    this.tree = WatchTree.grow(planter);
    this.telling = new Telling<>(tree, new Visible(request.temporary()));
    this.before = before;
  }

  /**
   * Watches every folder there is.
   *
   * @param before why a better way was not possible
   * @throws SystemCallException if not even the root can be watched
   */
  static InotifySource open(WatchRequest request, String before) throws SystemCallException {
    Set<FileIdentity> ignored = new HashSet<>();
    for (Folder each : request.ignored()) {
      ignored.add(each.status().identity());
    }
    EventQueue queue = Inotify.open();
    Wait wait = null;
    try {
      wait = Wait.open();
      WatchPlanter planter = new WatchPlanter(queue, request.root(), ignored, request.temporary());
      return new InotifySource(queue, wait, planter, request, before);
    } catch (SystemCallException e) {
      queue.close();
      if (wait != null) {
        wait.close();
      }
      throw e;
    }
  }

  @Override
  public List<Pollable> queues() {
    return List.of(queue);
  }

  @Override
  public List<Hint> read() throws SystemCallException {
    InotifyReading reading = new InotifyReading(tree);
    if (mountsChanged) {
      mountsChanged = false;
      reading.findAll();
    }
    drain(reading);
    if (reading.awaitsArrivals()) {
      wait.await(BETWEEN_HALVES, queues());
      drain(reading);
    }
    reading.finish();
    return telling.tell(reading.batch());
  }

  private void drain(InotifyReading reading) throws SystemCallException {
    while (!reading.batch().isFull()) {
      byte[] bytes = queue.read();
      if (bytes.length == 0) {
        return;
      }
      reading.take(bytes);
    }
  }

  @Override
  public void mountsChanged(List<TreePath> places) {
    mountsChanged |= !places.isEmpty();
  }

  @Override
  public Method method() {
    return planter.method(before);
  }

  @Override
  public void close() {
    queue.close();
    wait.close();
  }
}
