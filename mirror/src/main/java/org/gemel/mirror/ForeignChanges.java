package org.gemel.mirror;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.index.FolderRecord;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Tells what others changed on the target from what is behind the source: the source's entry is
 * still what the index has of it, and the target's differs. A pass undoes it like any difference;
 * but people should hear that somebody works on the backup.
 */
final class ForeignChanges {
  /** What file systems keep of a time at the coarsest. */
  private static final Duration COARSEST = Duration.ofSeconds(2);

  private static final Set<Aspect> ACCESS =
      Collections.unmodifiableSet(EnumSet.of(Aspect.MODE, Aspect.OWNER));

  private final PassIndex index;
  private final PassLog log;

  ForeignChanges(PassIndex index, PassLog log) {
    this.index = index;
    this.log = log;
  }

  /**
   * Looks at an entry that is not equal on both sides.
   *
   * @param remembered what the index has of the entry's folder
   * @param wanted the source's; null if it has none
   * @param found the target's; null if it has none
   */
  void look(
      Optional<FolderRecord> remembered,
      Place place,
      @Nullable Entry wanted,
      @Nullable Entry found,
      TreePath path) {
    if (remembered.isEmpty() || place.status() == null) {
      return;
    }
    FolderRecord before = remembered.get();
    boolean sameFolder = before.target().equals(place.status().identity());
    if (sameFolder && wanted == null && found != null) {
      if (index.knowsAdditions() && before.table().find(found.name()) < 0) {
        log.foreign(new ForeignChange(ForeignChange.Kind.ADDED, path));
      }
    } else if (sameFolder && wanted != null && isQuiet(before, wanted.name(), wanted.status())) {
      if (found == null) {
        log.foreign(new ForeignChange(ForeignChange.Kind.REMOVED, path));
      } else if (differs(wanted.status(), found.status())) {
        log.foreign(new ForeignChange(ForeignChange.Kind.CHANGED, path));
      }
    }
  }

  /** Whether the source's entry is what it was. Of a folder only the outside counts here. */
  private static boolean isQuiet(FolderRecord before, EntryName name, FileStatus now) {
    int row = before.table().find(name);
    if (row < 0) {
      return false;
    }
    FileStatus was = before.table().status(row);
    return now.type() == FileType.FOLDER
        ? was.identity().equals(now.identity()) && hasSameAccess(was, now)
        : was.sameState(now) && was.links() == now.links();
  }

  private static boolean differs(FileStatus wanted, FileStatus found) {
    if (wanted.type() != found.type()) {
      return true;
    }
    boolean otherContent =
        (wanted.type() == FileType.FILE && wanted.size() != found.size())
            || (wanted.type() != FileType.FOLDER && isApart(wanted.modified(), found.modified()));
    return otherContent || !hasSameAccess(wanted, found);
  }

  private static boolean hasSameAccess(FileStatus one, FileStatus other) {
    return Collections.disjoint(EntryDiffer.compareStatus(one, other), ACCESS);
  }

  private static boolean isApart(Timestamp one, Timestamp other) {
    return Math.abs(one.seconds() - other.seconds()) > COARSEST.toSeconds();
  }
}
