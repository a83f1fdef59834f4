package org.gemel.mirror;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/** Lists folders of either tree the way the mirror sees them. */
final class Scanner {
  private final FilterRules filters;
  private final OwnNames ownNames;

  Scanner(FilterRules filters, OwnNames ownNames) {
    this.filters = filters;
    this.ownNames = ownNames;
  }

  /**
   * Lists a folder.
   *
   * @param status the folder's own
   * @throws SystemCallException if its names could not all be read; single entries that fail are in
   *     the listing
   */
  Listing list(Folder folder, FileStatus status) throws SystemCallException {
    TreePath path = folder.path();
    List<Entry> entries = new ArrayList<>();
    List<EntryName> temporaries = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (EntryName name : folder.names()) {
      if (OwnNames.isTemporary(name)) {
        temporaries.add(name);
      } else if (!path.isRoot() || !ownNames.isOwnAtTop(name, status.mountRoot())) {
        add(folder, name, entries, failures);
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    return new Listing(entries, temporaries, failures);
  }

  private void add(Folder folder, EntryName name, List<Entry> entries, List<Failure> failures) {
    TreePath path = folder.path().child(name);
    try {
      FileStatus status = folder.status(name);
      if (!filters.excludes(path, status.type())) {
        entries.add(new Entry(name, status));
      }
    } catch (SystemCallException e) {
      // Gone since its name was read: it is as absent as if the folder had been read a moment
      // later.
      if (e.errno() != Errno.ENOENT) {
        failures.add(new Failure(path, e.getMessage()));
      }
    }
  }
}
