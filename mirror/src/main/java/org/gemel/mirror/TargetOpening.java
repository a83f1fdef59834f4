package org.gemel.mirror;

import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;

/** How the top of a target is reached. */
public interface TargetOpening {
  /** Opens it as the top of a tree; the caller closes it. */
  Folder open() throws SystemCallException;

  /** Makes that one folder; those above it must exist. */
  void make() throws SystemCallException;

  /** By a path on this machine. */
  static TargetOpening of(TreeRoot root) {
    return new TargetOpening() {
      @Override
      public Folder open() throws SystemCallException {
        return Folder.openRoot(root.path());
      }

      @Override
      public void make() throws SystemCallException {
        Folder.makeRoot(root.path());
      }
    };
  }
}
