package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FilePiece;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Judges one entry of two trees. What changed lately on either side is left to the mirror; of the
 * rest every difference is somebody else's doing. A name that one side lacks is judged by when its
 * folders changed, for that is all that tells when it came or went.
 */
final class ScrubLook {
  /** What came of a look. */
  enum Verdict {
    /** Alike; if it is a file, as far as was read. */
    ALIKE,
    DIFFERS,
    /** Being changed, or gone: not judged. */
    UNSETTLED
  }

  private final EntryDiffer differ;
  private final Scanner scanner;
  private final Duration settled;
  private Instant mirrored = Instant.MAX;

  ScrubLook(EntryDiffer differ, Scanner scanner, Duration settled) {
    this.differ = differ;
    this.scanner = scanner;
    this.settled = settled;
  }

  /** What the first side has changed since then is the mirror's work, however long ago it was. */
  void mirroredUntil(Instant known) {
    mirrored = known;
  }

  /** In what two entries differ, contents aside; empty if they are not to be judged now. */
  Optional<Set<Aspect>> aspects(Folder one, Entry from, Folder other, Entry to, Instant now)
      throws IOException {
    if (isUnmirrored(from.status(), now) || isRecent(to.status(), now)) {
      return Optional.empty();
    }
    return Optional.of(differ.compare(new LocalSourceFolder(one, scanner), from, other, to));
  }

  /** In what two folders themselves differ; empty if they are not to be judged now. */
  Optional<Set<Aspect>> outside(Folder one, Folder other, Instant now) throws IOException {
    FileStatus first = one.status();
    FileStatus second = other.status();
    return isUnmirrored(first, now) || isRecent(second, now)
        ? Optional.empty()
        : Optional.of(differ.compareFolders(first, one.attributes(), second, other.attributes()));
  }

  /** Whether a name that one side lacks is lacking still, and for long. */
  Verdict lacking(Folder one, Folder other, ScrubWalk.Pair pair, Instant now) throws IOException {
    Entry there = requireNonNull(pair.from() != null ? pair.from() : pair.to());
    boolean settledThere =
        !(pair.from() == null ? isRecent(there.status(), now) : isUnmirrored(there.status(), now))
            && !isUnmirrored(one.status(), now)
            && !isRecent(other.status(), now);
    Folder lacks = pair.from() == null ? one : other;
    Folder has = pair.from() == null ? other : one;
    return settledThere && !has(lacks, there) && has(has, there)
        ? Verdict.DIFFERS
        : Verdict.UNSETTLED;
  }

  private static boolean has(Folder folder, Entry entry) throws IOException {
    try {
      var unused = folder.status(entry.name());
      return true;
    } catch (IOException e) {
      if (Errno.is(e, Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  /** Reads a piece of two files, from the storage if it can be had, and compares it. */
  Verdict piece(Folder one, Entry from, Folder other, Entry to, long offset) throws IOException {
    try (OpenFile left = one.openFile(from.name());
        OpenFile right = other.openFile(to.name())) {
      if (!left.status().sameState(from.status()) || !right.status().sameState(to.status())) {
        return Verdict.UNSETTLED;
      }
      if (offset == 0) {
        FilePiece.dropCached(left);
        FilePiece.dropCached(right);
      }
      int wanted = (int) Math.min(FilePiece.BYTES, from.status().size() - offset);
      FilePiece first = FilePiece.firstOfThisThread();
      FilePiece second = FilePiece.secondOfThisThread();
      boolean alike =
          first.read(left, offset, wanted) == wanted
              && second.read(right, offset, wanted) == wanted
              && first.isSameAs(second);
      boolean still =
          left.status().sameState(from.status()) && right.status().sameState(to.status());
      return !still ? Verdict.UNSETTLED : alike ? Verdict.ALIKE : Verdict.DIFFERS;
    } catch (IOException e) {
      if (Errno.is(e, Errno.ENOENT)) {
        return Verdict.UNSETTLED;
      }
      throw e;
    }
  }

  private boolean isUnmirrored(FileStatus first, Instant now) {
    return isRecent(first, now) || changed(first).isAfter(mirrored);
  }

  private boolean isRecent(FileStatus status, Instant now) {
    return changed(status).isAfter(now.minus(settled));
  }

  private static Instant changed(FileStatus status) {
    return Instant.ofEpochSecond(status.changed().seconds(), status.changed().nanos());
  }

  /** Whether both are files whose content can be held against each other. */
  static boolean isReadable(Entry from, Entry to, Set<Aspect> aspects) {
    return from.type() == FileType.FILE
        && to.type() == FileType.FILE
        && !aspects.contains(Aspect.SIZE)
        && from.status().size() > 0;
  }

  /** The words for an entry of which one side lacks the name. */
  static Difference lacked(TreePath path, @Nullable Entry from) {
    return from == null ? new Difference.OnlyInSecond(path) : new Difference.OnlyInFirst(path);
  }
}
