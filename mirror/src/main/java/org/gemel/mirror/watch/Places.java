package org.gemel.mirror.watch;

import java.util.Optional;
import org.gemel.mirror.system.TreePath;

/**
 * Knows where folders are.
 *
 * @param <K> by what an event names a folder, whatever its path has become
 */
interface Places<K> {
  Location locate(K folder);

  /** The path a folder that is gone had last, as its parents lie now; nothing if not known. */
  Optional<TreePath> lastPath(K gone);
}
