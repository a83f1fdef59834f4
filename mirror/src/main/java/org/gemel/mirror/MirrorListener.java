package org.gemel.mirror;

import org.gemel.mirror.system.TreePath;

/**
 * Follows a pass, and may end it. Called on the pass' own threads, one call at a time but for
 * {@link #stopRequested()}.
 */
public interface MirrorListener {
  /** Hears nothing and lets the pass run. */
  MirrorListener NONE = new MirrorListener() {};

  /** A change was made; in a dry run: would be made. */
  default void changed(Change change) {}

  /** An entry failed; the pass goes on. */
  default void failed(Failure failure) {}

  /**
   * The pass has got to an entry.
   *
   * @param files files and symbolic links seen so far
   * @param bytesMoved bytes of content written so far
   */
  default void progress(long files, long bytesMoved, TreePath at) {}

  /**
   * Asked between files and within large ones: true ends the pass, leaving old or new content
   * everywhere.
   */
  default boolean stopRequested() {
    return false;
  }
}
