package org.gemel.mirror;

import java.io.IOException;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Compares what one folder holds on both sides, row by row. Rows that are equal at a glance cost no
 * object: of a million entries almost all are.
 */
final class FolderVisit {
  /** What is done with an entry that is not equal at a glance. */
  interface Handler {
    void folder(Entry from, @Nullable Entry to, TreePath path);

    /** An entry that both or one side has; the source's is no folder. */
    void other(@Nullable Entry from, @Nullable Entry to, TreePath path, boolean mayDelete);
  }

  private final boolean readContent;
  private final PassLog log;
  private final Handler handler;

  FolderVisit(boolean readContent, PassLog log, Handler handler) {
    this.readContent = readContent;
    this.log = log;
    this.handler = handler;
  }

  /**
   * @param before what the source's folder held when the two were last equal; an empty table if
   *     that is not known
   */
  void compare(Listing from, Listing to, EntryTable before, TreePath folder) throws IOException {
    // A name whose status could not be read may hide anything: what seems to be absent here is not
    // deleted.
    boolean mayDelete = from.failures().isEmpty();
    EntryTable wanted = from.table();
    EntryTable found = to.table();
    Sum equal = new Sum();
    int i = 0;
    int j = 0;
    int k = 0;
    while (i < wanted.size() || j < found.size()) {
      int order =
          i == wanted.size() ? 1 : j == found.size() ? -1 : wanted.compareNames(i, found, j);
      while (order <= 0 && k < before.size() && before.compareNames(k, wanted, i) < 0) {
        k++;
      }
      if (order == 0
          && isEqualAtAGlance(wanted, i, found, j)
          && !isReplaced(wanted, i, before, k)) {
        equal.add(wanted.bytes(i));
        i++;
        j++;
        continue;
      }
      log.allowStop();
      Entry one = order <= 0 ? from.entry(i++) : null;
      Entry other = order >= 0 ? to.entry(j++) : null;
      pair(one, other, folder, mayDelete);
    }
    log.saw(equal.files, equal.bytes, folder);
  }

  private void pair(@Nullable Entry from, @Nullable Entry to, TreePath folder, boolean mayDelete) {
    if (from != null && from.type() == FileType.FOLDER) {
      handler.folder(from, to, folder.child(from.name()));
    } else if (from != null) {
      handler.other(from, to, folder.child(from.name()), mayDelete);
    } else if (to != null) {
      handler.other(null, to, folder.child(to.name()), mayDelete);
    }
  }

  private boolean isEqualAtAGlance(EntryTable wanted, int i, EntryTable found, int j) {
    return !readContent
        && wanted.isAlike(i, found, j)
        && wanted.type(i) == FileType.FILE
        && wanted.links(i) == 1
        && found.links(j) == 1
        && wanted.attributeBytes(i) == 0
        && found.attributeBytes(j) == 0
        && (!Privilege.isRoot() || wanted.isOwnedAlike(i, found, j));
  }

  /** Whether another inode has the name now: size and time may be the same by chance. */
  private static boolean isReplaced(EntryTable wanted, int i, EntryTable before, int k) {
    return k < before.size()
        && before.compareNames(k, wanted, i) == 0
        && !before.identity(k).equals(wanted.identity(i));
  }

  private static final class Sum {
    private long files;
    private long bytes;

    private void add(long size) {
      files++;
      bytes += size;
    }
  }
}
