package org.gemel.mirror.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.gemel.mirror.system.MountTable;
import org.gemel.mirror.system.Pollable;
import org.gemel.mirror.system.RootPlace;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.system.Wait;

/**
 * A feed that sleeps in the kernel until events come, mounts change or it is closed. Looks at every
 * wake-up, and whenever patience ends, whether the root's path still leads to the held root: a
 * parent may have been renamed, or the volume have gone, without an event that says so.
 *
 * <p>The lock is held while awaiting, so that nothing is closed under a running call.
 */
final class PolledFeed implements ChangeFeed {
  /** After events that were all of other trees: lets a busy neighbour's come together. */
  private static final Duration REST = Duration.ofMillis(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Wait wait;
  private final RootPlace place;
  private final MountTable table;
  private final NestedMounts mounts;
  private EventSource source;
  private volatile Method method;
  private volatile boolean closed;
  private boolean rootGone;
  private List<TreePath> nested;

  PolledFeed(Wait wait, RootPlace place, MountTable table, NestedMounts mounts, EventSource source)
      throws SystemCallException {
    this.wait = wait;
    this.place = place;
    this.table = table;
    this.mounts = mounts;
    this.source = source;
    this.nested = mounts.present();
    this.method = describe();
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public List<Hint> await(Duration patience) {
    lock.lock();
    try {
      long end = System.nanoTime() + patience.toNanos();
      while (!closed) {
        List<Hint> hints = once(Duration.ofNanos(end - System.nanoTime()));
        if (!hints.isEmpty() || System.nanoTime() - end >= 0) {
          return closed ? List.of() : hints;
        }
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private List<Hint> once(Duration patience) {
    List<Hint> hints = new ArrayList<>();
    try {
      List<Pollable> wanted = new ArrayList<>();
      wanted.add(table);
      wanted.addAll(source.queues());
      BitSet ready = wait.await(patience, wanted);
      if (closed) {
        return List.of();
      }
      List<TreePath> mounted = ready.get(0) ? mountChanges() : List.of();
      hints.addAll(source.read());
      for (TreePath each : mounted) {
        hints.add(new Hint.Subtree(each, "something was mounted or unmounted here"));
      }
      lookAtRoot(hints);
      if (hints.isEmpty() && !ready.isEmpty()) {
        wait.await(REST, List.of());
      }
      method = describe();
    } catch (SystemCallException e) {
      hints.add(new Hint.Everything("the change feed failed: " + e.getMessage()));
      source.close();
      source = new NoEvents(Method.none("the change feed failed: " + e.getMessage()));
      method = source.method();
    }
    return hints;
  }

  private List<TreePath> mountChanges() throws SystemCallException {
    List<TreePath> changes = mounts.changes();
    nested = mounts.present();
    source.mountsChanged(changes);
    return changes;
  }

  private void lookAtRoot(List<Hint> hints) {
    Optional<String> lost = rootGone ? Optional.empty() : place.lost();
    lost.ifPresent(why -> hints.add(new Hint.RootGone(why)));
    List<Hint> gone = hints.stream().filter(Hint.RootGone.class::isInstance).toList();
    hints.removeAll(gone);
    if (!rootGone && !gone.isEmpty()) {
      rootGone = true;
      hints.addFirst(gone.getFirst());
    }
  }

  private Method describe() {
    Method plain = source.method();
    if (nested.isEmpty() || plain.way() != Method.Way.FANOTIFY) {
      return plain;
    }
    return new Method(
        plain.way(),
        false,
        plain.words()
            + "; other file systems are mounted inside ("
            + nested.getFirst()
            + (nested.size() > 1 ? " and " + (nested.size() - 1) + " more" : "")
            + "), what changes there is found by scans only");
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      wait.wake();
    } catch (SystemCallException e) {
      throw new IllegalStateException("an eventfd takes a number at any time", e);
    }
    lock.lock();
    try {
      source.close();
      table.close();
      wait.close();
    } finally {
      lock.unlock();
    }
  }
}
