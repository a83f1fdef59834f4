package org.gemel.mirror;

import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.jspecify.annotations.Nullable;

/**
 * The two trees' tops, held open for a whole pass, so that a mount changed meanwhile cannot slip
 * under it.
 */
final class Roots implements AutoCloseable {
  private final SourceTree source;
  private final @Nullable Folder target;
  private final TargetOpening opening;

  private Roots(SourceTree source, @Nullable Folder target, TargetOpening opening) {
    this.source = source;
    this.target = target;
    this.opening = opening;
  }

  /**
   * Opens both roots; makes the target's if only that one folder is missing and no marker would
   * have to be in it.
   *
   * @throws RefusedException if there is nothing to mirror from or to
   */
  static Roots open(MirrorRequest request, Scanner scanner, FreshFiles fresh)
      throws RefusedException {
    return open(
        request, new LocalSourceTree(openExisting(request.source(), "source"), scanner, fresh));
  }

  /** Opens the target; a source that was opened elsewhere is closed with it, or if it fails. */
  static Roots open(MirrorRequest request, SourceTree source) throws RefusedException {
    return open(request, source, TargetOpening.of(request.target()));
  }

  /** The same for a target that is not reached by a path of this machine. */
  static Roots open(MirrorRequest request, SourceTree source, TargetOpening target)
      throws RefusedException {
    try {
      return new Roots(source, openTarget(request, target), target);
    } catch (RefusedException e) {
      source.close();
      throw e;
    }
  }

  /** Opens a root that must be there. */
  static Folder openExisting(TreeRoot root, String which) throws RefusedException {
    try {
      return Folder.openRoot(root.path());
    } catch (SystemCallException e) {
      throw RefusedException.because(
          "found no usable "
              + which
              + " folder, "
              + e.getMessage()
              + "; wanted a folder that can be read");
    }
  }

  private static @Nullable Folder openTarget(MirrorRequest request, TargetOpening target)
      throws RefusedException {
    try {
      return target.open();
    } catch (SystemCallException e) {
      boolean makeIt = e.errno() == Errno.ENOENT && request.marker().isEmpty();
      if (!makeIt) {
        throw RefusedException.because(
            "found no usable target folder, "
                + e.getMessage()
                + "; wanted a folder: is its volume mounted?");
      }
    }
    if (request.dryRun()) {
      return null;
    }
    try {
      target.make();
      return target.open();
    } catch (SystemCallException e) {
      throw RefusedException.because(
          "cannot make the target folder, "
              + e.getMessage()
              + "; wanted at least the folder it lies in");
    }
  }

  SourceTree source() {
    return source;
  }

  /** Null in a dry run whose target is not there yet. */
  @Nullable Folder target() {
    return target;
  }

  /** How the target's top is reached, to see in the end whether it still is where it was. */
  TargetOpening opening() {
    return opening;
  }

  @Override
  public void close() {
    source.close();
    if (target != null) {
      target.close();
    }
  }
}
