package org.gemel.mirror;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Which names of the source are one file, and which file of the target stands for it. Holds only
 * inodes with several names.
 */
final class LinkGroups {
  /**
   * Where a source file with several names has been put.
   *
   * @param target the inode there; null if it was written in this pass, so that no older name can
   *     be it
   */
  record Placed(TreePath path, @Nullable FileIdentity target) {
    boolean is(FileIdentity found) {
      return found.equals(target);
    }
  }

  private final Map<FileIdentity, Placed> placed = new HashMap<>();
  private final Map<FileIdentity, FileIdentity> sourceOfTarget = new HashMap<>();

  /** Where another name of this source file already is in the target. */
  Optional<Placed> placed(Entry source) {
    return source.status().links() > 1
        ? Optional.ofNullable(placed.get(source.status().identity()))
        : Optional.empty();
  }

  /**
   * Whether the target's inode already stands for another source file. It then has to be written
   * anew under this name: one inode cannot be two files.
   */
  boolean isTaken(Entry source, Entry target) {
    FileIdentity before = sourceOfTarget.get(target.status().identity());
    return before != null && !before.equals(source.status().identity());
  }

  /** Notes that the target's inode stays, and stands for a source file. */
  void keep(Entry source, TreePath path, Entry target) {
    if (target.status().links() > 1) {
      sourceOfTarget.put(target.status().identity(), source.status().identity());
    }
    place(source, path, target.status().identity());
  }

  /** Notes that a source file was written anew. */
  void write(Entry source, TreePath path) {
    place(source, path, null);
  }

  private void place(Entry source, TreePath path, @Nullable FileIdentity target) {
    if (source.status().links() > 1) {
      placed.put(source.status().identity(), new Placed(path, target));
    }
  }
}
