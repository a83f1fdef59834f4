package org.gemel.mirror.link;

import org.gemel.mirror.TargetOpening;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/** A target at a path in a volume, reached from the volume's top name by name. */
record VolumeTarget(Folder volume, TreePath path) implements TargetOpening {
  @Override
  public Folder open() throws SystemCallException {
    return volume.descendToTop(path);
  }

  @Override
  public void make() throws SystemCallException {
    if (path.isRoot()) {
      return;
    }
    try (Folder parent = volume.descend(path.parent())) {
      parent.changes().createFolder(path.names().getLast());
    }
  }
}
