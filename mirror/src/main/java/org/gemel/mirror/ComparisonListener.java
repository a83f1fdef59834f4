package org.gemel.mirror;

import org.gemel.mirror.system.TreePath;

/**
 * Follows a comparison, and may end it. Called on the comparison's own threads, one call of a kind
 * at a time but for {@link #stopRequested()}.
 */
public interface ComparisonListener {
  /**
   * An entry differs. Told in the order of paths when all is compared; beyond {@value
   * SortedDifferences#KEPT} of them the others are told as they are found.
   */
  default void differs(Difference difference) {}

  /**
   * The comparison has got to an entry.
   *
   * @param files files and symbolic links of the first tree seen so far
   * @param bytesRead bytes of its content read so far
   */
  default void progress(long files, long bytesRead, TreePath at) {}

  /** Asked between entries and within large ones; true ends the comparison. */
  default boolean stopRequested() {
    return false;
  }
}
