package org.gemel.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.system.EntryChoice;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/** Lists folders of either tree the way the mirror sees them. */
public final class Scanner {
  private final FilterRules filters;
  private final OwnNames ownNames;

  Scanner(FilterRules filters, OwnNames ownNames) {
    this.filters = filters;
    this.ownNames = ownNames;
  }

  /** A scanner by the filters of a pass and the marker of its volumes. */
  public static Scanner of(FilterRules filters, Optional<Marker> marker) {
    return new Scanner(filters, new OwnNames(marker));
  }

  /** Whether a mirror carries entries of a type. */
  boolean carries(FileType type) {
    return filters.carry(type);
  }

  /** Whether a place is none of the mirror's: excluded, or below what is, or not the tree's own. */
  boolean leavesAlone(TreePath path, FileType type) {
    boolean own = !path.isRoot() && ownNames.isOwnAtTop(path.names().getFirst(), true);
    boolean excluded = !path.isRoot() && filters.excludes(path, type);
    for (TreePath at = path; !at.isRoot() && !excluded; ) {
      at = at.parent();
      excluded = !at.isRoot() && filters.excludes(at, FileType.FOLDER);
    }
    return own || excluded;
  }

  /**
   * Lists a folder.
   *
   * @param status the folder's own
   * @throws SystemCallException if its names could not all be read; single entries that fail are in
   *     the listing
   */
  public Listing list(Folder folder, FileStatus status) throws SystemCallException {
    return list(folder, status, EntryTable.EMPTY);
  }

  /**
   * The same, where something is known.
   *
   * @param known what the folder was seen to hold before: of entries that did not change since, the
   *     attributes are not asked again
   */
  public Listing list(Folder folder, FileStatus status, EntryTable known)
      throws SystemCallException {
    return list(folder, status, (choice, unreadable) -> folder.entries(choice, unreadable, known));
  }

  /** Lists some names of a folder, those that are there. */
  public Listing look(Folder folder, FileStatus status, Set<EntryName> names)
      throws SystemCallException {
    return list(folder, status, (choice, unreadable) -> folder.entries(names, choice, unreadable));
  }

  private interface Reading {
    EntryTable read(EntryChoice choice, EntryChoice.Unreadable unreadable)
        throws SystemCallException;
  }

  private Listing list(Folder folder, FileStatus status, Reading reading)
      throws SystemCallException {
    TreePath path = folder.path();
    List<EntryName> temporaries = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    EntryChoice choice = choice(path, status.mountRoot(), temporaries);
    EntryTable table =
        reading.read(
            choice,
            (name, errno) -> {
              // Gone since its name was read: it is as absent as if the folder had been read a
              // moment later.
              if (errno != Errno.ENOENT) {
                TreePath entry = path.child(name);
                String reason = SystemCallException.ofStatus(errno, entry.toString()).getMessage();
                failures.add(new Failure(entry, reason));
              }
            });
    return new Listing(table, temporaries, failures);
  }

  private EntryChoice choice(TreePath path, boolean mountRoot, List<EntryName> temporaries) {
    boolean all = filters.isEmpty() && !path.isRoot();
    return new EntryChoice() {
      @Override
      public boolean wantsAll(byte first) {
        return all && first != '.';
      }

      @Override
      public boolean wants(EntryName name) {
        if (OwnNames.isTemporary(name)) {
          temporaries.add(name);
          return false;
        }
        return !path.isRoot() || !ownNames.isOwnAtTop(name, mountRoot);
      }

      @Override
      public boolean wants(EntryName name, FileType type) {
        return filters.isEmpty() || !filters.excludes(path.child(name), type);
      }
    };
  }
}
