package org.gemel.mirror.watch;

import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/**
 * A place to look at again. What was seen there may have changed any number of times since, or not
 * at all; folders named here may be gone.
 */
public sealed interface Hint {
  /** Look at what is at this path; of a folder only at its outside, if it is known. */
  static Hint at(TreePath path) {
    return path.isRoot() ? new RootItself() : new Entry(path.parent(), path.names().getLast());
  }

  /**
   * Look at this one entry: it may be new, other, of another type, gone. If it is a folder that was
   * not known, all below it is to be looked at. If it is a file with several names, a change of its
   * content is told for the name it was changed by.
   */
  record Entry(TreePath folder, EntryName name) implements Hint {
    @Override
    public String toString() {
      return "look at " + folder.child(name);
    }
  }

  /**
   * An entry moved within the tree, a folder with all that is below it. Those of one await() come
   * before its other hints and are meant all at once: {@code from} is the path before any of them,
   * {@code to} the path of now, after all of them. {@link RenamePlan} puts them in an order that
   * can be done.
   *
   * <p>Believe one only if the inode's identity proves it, with more than the inode's number, for
   * that is given again. Who cannot prove it looks at both places and all below them.
   */
  record Renamed(TreePath fromFolder, EntryName fromName, TreePath toFolder, EntryName toName)
      implements Hint {
    public TreePath from() {
      return fromFolder.child(fromName);
    }

    public TreePath to() {
      return toFolder.child(toName);
    }

    @Override
    public String toString() {
      return "renamed " + from() + " -> " + to();
    }
  }

  /** Look at this folder and all below; it may be gone, or no folder any more. */
  record Subtree(TreePath folder, String why) implements Hint {
    @Override
    public String toString() {
      return "look at all below " + folder + ": " + why;
    }
  }

  /** Look at the root's own metadata; nothing below it is meant. */
  record RootItself() implements Hint {
    @Override
    public String toString() {
      return "look at the root itself";
    }
  }

  /**
   * Look at the whole tree: events were lost, or where something changed is not known. {@link
   * RescanPacing} says when.
   */
  record Everything(String why) implements Hint {
    @Override
    public String toString() {
      return "look at everything: " + why;
    }
  }

  /**
   * The held root is no longer the tree that was meant. Told once; nothing the feed says after is
   * of use.
   */
  record RootGone(String why) implements Hint {
    @Override
    public String toString() {
      return "root gone: " + why;
    }
  }
}
