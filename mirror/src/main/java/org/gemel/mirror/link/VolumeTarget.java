package org.gemel.mirror.link;

import org.gemel.mirror.TargetOpening;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/**
 * A target at a path in a volume, reached from the volume's top name by name. The top is opened
 * anew each time: so a pass finds out in the end if another volume is mounted there.
 */
record VolumeTarget(TreeRoot volume, TreePath path) implements TargetOpening {
  @Override
  public Folder open() throws SystemCallException {
    try (Folder top = Folder.openRoot(volume.path())) {
      return top.descendToTop(path);
    }
  }

  @Override
  public void make() throws SystemCallException {
    if (path.isRoot()) {
      return;
    }
    try (Folder top = Folder.openRoot(volume.path());
        Folder parent = top.descend(path.parent())) {
      parent.changes().createFolder(path.names().getLast());
    }
  }
}
