package org.gemel.mirror;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at both roots before anything is changed: are these the trees that are meant, and is nobody
 * else at work?
 */
final class RootGuard {
  private final MirrorRequest request;
  private final Scanner scanner;

  RootGuard(MirrorRequest request, Scanner scanner) {
    this.request = request;
    this.scanner = scanner;
  }

  /** The same without looking what the source holds: asked again and again while following it. */
  void checkAgain(Roots roots) throws RefusedException, IOException {
    SourceTree source = roots.source();
    Folder target = roots.target();
    expectSource(source);
    if (request.marker().isPresent()) {
      MarkerCheck.check(request.marker().get(), source, target);
    }
    if (target == null) {
      return;
    }
    if (source.local().isPresent()) {
      refuseNesting(source.local().get(), target);
    }
    if (!request.dryRun() && !target.tryLock()) {
      throw RefusedException.because(
          "found another pass at work on the target "
              + request.target()
              + ", wanted to be the only one: wait until it has ended");
    }
  }

  void check(Roots roots, Deleter deleter) throws RefusedException, IOException {
    checkAgain(roots);
    SourceTree source = roots.source();
    Folder target = roots.target();
    if (target == null) {
      return;
    }
    if (request.deletes().removes()) {
      @Nullable Refusal refusal = emptySource(source.root(), target, deleter).orElse(null);
      if (refusal != null) {
        throw new RefusedException(refusal);
      }
    }
  }

  private void expectSource(SourceTree source) throws RefusedException, IOException {
    Optional<FileIdentity> expected = request.safety().expectedSource();
    if (expected.isPresent()) {
      FileIdentity found = source.root().status().identity();
      if (!found.equals(expected.get())) {
        throw RefusedException.because(
            "found another folder than last time as the source "
                + request.source()
                + " (device "
                + found.device()
                + ", inode "
                + found.inode()
                + "), wanted device "
                + expected.get().device()
                + ", inode "
                + expected.get().inode()
                + ": is its volume mounted? If it was replaced for good, let go of what is remembered of it");
      }
    }
  }

  private void refuseNesting(Folder source, Folder target) throws RefusedException, IOException {
    FileIdentity one = source.status().identity();
    FileIdentity other = target.status().identity();
    if (one.equals(other)) {
      throw RefusedException.because(
          "found one and the same folder as source and target, "
              + request.source()
              + "; wanted two");
    }
    if (isAbove(one, target) || isAbove(other, source)) {
      throw RefusedException.because(
          "found one root inside the other, "
              + request.source()
              + " and "
              + request.target()
              + "; wanted two trees apart from each other");
    }
  }

  private static boolean isAbove(FileIdentity upper, Folder lower) throws SystemCallException {
    FileIdentity before = lower.status().identity();
    Folder at = lower.openParent();
    while (true) {
      try (Folder folder = at) {
        FileIdentity identity = folder.status().identity();
        if (identity.equals(upper)) {
          return true;
        }
        if (identity.equals(before)) {
          return false;
        }
        before = identity;
        at = folder.openParent();
      }
    }
  }

  /**
   * Why a source that has nothing in it now is not taken for the truth, if it is not. Asked before
   * a pass, and again before it deletes: a volume can go away in the middle.
   */
  Optional<Refusal> emptySource(SourceFolder source, Folder target, Deleter deleter)
      throws IOException {
    EntryTable found = source.list().table();
    boolean empty =
        IntStream.range(0, found.size()).noneMatch(row -> request.filters().carry(found.type(row)));
    return empty
        ? ChangeGuard.judgeEmptySource(held(target, deleter), request.allowDelete())
        : Optional.empty();
  }

  private long held(Folder target, Deleter deleter) throws IOException {
    long held = 0;
    FileStatus status = target.status();
    Listing listing = scanner.list(target, status);
    for (int row = 0; row < listing.size(); row++) {
      held += deleter.count(target, listing.entry(row)).entries();
    }
    return held;
  }
}
