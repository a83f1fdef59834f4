package org.gemel.mirror.watch;

import java.util.List;
import org.gemel.mirror.system.Pollable;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/** One way to learn of changes. */
interface EventSource extends AutoCloseable {
  /** What to wait for before reading. */
  List<Pollable> queues();

  /**
   * All that has come.
   *
   * @throws SystemCallException if no more will ever come
   */
  List<Hint> read() throws SystemCallException;

  /** Something was mounted or unmounted at these places of the tree. */
  void mountsChanged(List<TreePath> places);

  Method method();

  @Override
  void close();
}
