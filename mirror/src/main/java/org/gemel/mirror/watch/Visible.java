package org.gemel.mirror.watch;

import java.util.function.Predicate;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/** Which places are told about: not unfinished copies, nor what is below them. */
record Visible(Predicate<EntryName> temporary) {
  boolean test(TreePath path) {
    return path.names().stream().noneMatch(temporary);
  }
}
