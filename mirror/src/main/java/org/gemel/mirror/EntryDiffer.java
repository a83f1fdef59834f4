package org.gemel.mirror;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.TreePath;

/**
 * Says in what two entries differ. Equal size and equal time to the nanosecond are taken for equal
 * content unless contents are to be read.
 */
final class EntryDiffer {
  private final boolean readContent;
  private final Suspects suspects;
  private final Runnable allowStop;

  EntryDiffer(boolean readContent, Runnable allowStop) {
    this(readContent, Suspects.NONE, allowStop);
  }

  /**
   * @param suspects files whose content is taken to differ
   */
  EntryDiffer(boolean readContent, Suspects suspects, Runnable allowStop) {
    this.readContent = readContent;
    this.suspects = suspects;
    this.allowStop = allowStop;
  }

  /** Whether entries of a folder have to be looked at one by one, however equal they seem. */
  boolean looksCloserIn(TreePath folder) {
    return readContent || suspects.isIn(folder);
  }

  /** Compares entries that are no folders, or the outside of folders. */
  Set<Aspect> compare(SourceFolder source, Entry from, Folder target, Entry to) throws IOException {
    FileStatus one = from.status();
    FileStatus other = to.status();
    if (one.type() != other.type()) {
      return EnumSet.of(Aspect.TYPE);
    }
    Set<Aspect> differing =
        compareStatus(one, source.attributes(from.name()), other, target.attributes(to.name()));
    if (one.type() == FileType.SYMBOLIC_LINK) {
      byte[] wanted = source.linkTarget(from.name());
      if (!Arrays.equals(wanted, target.linkTarget(to.name()))) {
        differing.add(Aspect.LINK_TARGET);
      }
    }
    boolean sameSize = one.type() == FileType.FILE && !differing.contains(Aspect.SIZE);
    if (sameSize && isOtherContent(source, from, target, to)) {
      differing.add(Aspect.CONTENT);
    }
    return differing;
  }

  /**
   * Compares files whose names are joined or parted: the name may have gone to another file of
   * equal size and time, so their content is read.
   */
  Set<Aspect> compareRelinked(SourceFolder source, Entry from, Folder target, Entry to)
      throws IOException {
    Set<Aspect> differing = compare(source, from, target, to);
    if (from.type() == FileType.FILE
        && !needsContent(from.type(), differing)
        && !hasSameContent(source, from, target, to)) {
      differing.add(Aspect.CONTENT);
    }
    return differing;
  }

  private boolean isOtherContent(SourceFolder source, Entry from, Folder target, Entry to)
      throws IOException {
    return (suspects != Suspects.NONE && suspects.contains(source.path().child(from.name())))
        || (readContent && !hasSameContent(source, from, target, to));
  }

  private boolean hasSameContent(SourceFolder source, Entry from, Folder target, Entry to)
      throws IOException {
    ContentComparison comparison = new ContentComparison(target, to, allowStop);
    source.read(List.of(from.name()), comparison);
    return comparison.result();
  }

  /** Compares two folders' own metadata. */
  Set<Aspect> compareFolders(
      FileStatus one, ExtendedAttributes wanted, FileStatus other, ExtendedAttributes found) {
    return compareStatus(one, wanted, other, found);
  }

  /** Whether the content has to be written anew to make an entry equal. */
  boolean needsContent(FileType type, Set<Aspect> differing) {
    boolean unsure = type == FileType.FILE && differing.contains(Aspect.TIME) && !readContent;
    return unsure
        || differing.contains(Aspect.TYPE)
        || differing.contains(Aspect.SIZE)
        || differing.contains(Aspect.CONTENT)
        || differing.contains(Aspect.LINK_TARGET);
  }

  private static Set<Aspect> compareStatus(
      FileStatus one, ExtendedAttributes wanted, FileStatus other, ExtendedAttributes found) {
    Set<Aspect> differing = compareStatus(one, other);
    if (!wanted.equals(found)) {
      differing.add(Aspect.ATTRIBUTES);
    }
    return differing;
  }

  /** The same without attributes. */
  static Set<Aspect> compareStatus(FileStatus one, FileStatus other) {
    Set<Aspect> differing = EnumSet.noneOf(Aspect.class);
    if ((one.type() == FileType.FILE || one.type().isDevice()) && one.size() != other.size()) {
      differing.add(Aspect.SIZE);
    }
    if (!one.modified().equals(other.modified())) {
      differing.add(Aspect.TIME);
    }
    // A symbolic link has no mode of its own; what is shown for it is the file system's habit.
    if (one.type() != FileType.SYMBOLIC_LINK && one.permissions() != other.permissions()) {
      differing.add(Aspect.MODE);
    }
    if (Privilege.isRoot() && (one.owner() != other.owner() || one.group() != other.group())) {
      differing.add(Aspect.OWNER);
    }
    return differing;
  }
}
