package org.gemel.mirror;

import java.util.Optional;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;

/**
 * A pass holds the target's root open and writes nowhere else, whatever its path leads to
 * meanwhile. If that is something else in the end, a volume was unmounted or a folder moved, the
 * pass has served a tree that users no longer see: it must not call itself complete.
 */
final class HeldTarget {
  private HeldTarget() {}

  /** Why the target is no longer the folder that the pass holds, if it is not. */
  static Optional<String> lost(MirrorRequest request, TargetOpening opening, Folder held)
      throws SystemCallException {
    String path = request.target().path();
    try (Folder now = opening.open()) {
      return now.status().identity().equals(held.status().identity())
          ? Optional.empty()
          : Optional.of(words(path, "another folder"));
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return Optional.of(words(path, "no folder"));
      }
      throw e;
    }
  }

  private static String words(String path, String found) {
    return "found "
        + found
        + " at "
        + path
        + " at the end of the pass, wanted the one it began with: what was mounted there was"
        + " unmounted meanwhile, or the folder moved, and what the pass wrote went with it. See"
        + " what is mounted there and run again";
  }
}
