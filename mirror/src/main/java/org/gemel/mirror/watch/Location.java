package org.gemel.mirror.watch;

import org.gemel.mirror.system.TreePath;

/** Where a folder that an event names is now. */
sealed interface Location {
  Outside OUTSIDE = new Outside();
  Gone GONE = new Gone();

  record Inside(TreePath path) implements Location {}

  /** In the tree, deeper than the kernel can say. */
  record TooDeep(TreePath nearest) implements Location {}

  record Outside() implements Location {}

  /** Removed, and told so where it was. */
  record Gone() implements Location {}

  record Unknown(String why) implements Location {}
}
