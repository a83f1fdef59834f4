package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteListing;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/** Lists folders of a server the way the mirror sees them. */
final class RemoteScanner {
  private static final EntryName LOST_AND_FOUND = EntryName.of("lost+found");

  private final FilterRules filters;
  private final OwnNames ownNames;

  RemoteScanner(FilterRules filters, OwnNames ownNames) {
    this.filters = filters;
    this.ownNames = ownNames;
  }

  /**
   * What a folder holds.
   *
   * @param entries sorted by name, without what is excluded and Gemel's own
   * @param temporaries unfinished copies
   * @param refused what was listed that can be no entry, in words
   * @param hidden how many entries are there that are not listed here
   */
  record Found(
      List<RemoteEntry> entries, List<RemoteEntry> temporaries, List<String> refused, int hidden) {
    static final Found NOTHING = new Found(List.of(), List.of(), List.of(), 0);
  }

  Found list(RemoteConnection connection, TreePath folder) throws IOException {
    RemoteListing listing = connection.list(folder);
    List<RemoteEntry> entries = new ArrayList<>();
    List<RemoteEntry> temporaries = new ArrayList<>();
    List<String> refused = new ArrayList<>(listing.refused());
    Set<EntryName> seen = new HashSet<>();
    int hidden = listing.refused().size();
    for (RemoteEntry each : listing.entries()) {
      EntryName name = each.name();
      if (!seen.add(name)) {
        refused.add("found the name " + name + " listed twice, wanted each once");
      } else if (OwnNames.isTemporary(name)) {
        temporaries.add(each);
      } else if (isLeftAlone(folder, each)) {
        hidden++;
      } else {
        entries.add(each);
      }
    }
    entries.sort(null);
    return new Found(entries, temporaries, refused, hidden);
  }

  private boolean isLeftAlone(TreePath folder, RemoteEntry entry) {
    boolean own = folder.isRoot() && ownNames.isOwnAtTop(entry.name(), false);
    return own || filters.excludes(folder.child(entry.name()), entry.type());
  }

  /** Whether this is what a file system keeps at its top for its own repair. */
  static boolean isLostAndFound(TreePath path) {
    return path.parent().isRoot() && path.names().getLast().equals(LOST_AND_FOUND);
  }
}
