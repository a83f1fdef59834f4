package org.gemel.mirror.watch;

import java.util.List;
import org.gemel.mirror.system.Pollable;
import org.gemel.mirror.system.TreePath;

/** Nothing tells of changes here; only the root itself is looked after. */
record NoEvents(Method method) implements EventSource {
  @Override
  public List<Pollable> queues() {
    return List.of();
  }

  @Override
  public List<Hint> read() {
    return List.of();
  }

  @Override
  public void mountsChanged(List<TreePath> places) {
    // Nothing is watched that a mount could hide.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
