package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Places files with several names after the walk, in the order of their paths. While several
 * threads walk, chance decides which of a file's names is met first, and so which of them would be
 * kept and which linked anew; a plan and the pass after it must not differ by chance.
 */
final class LinkPhase {
  private record Name(TreePath parent, Entry from, @Nullable Entry to) {
    TreePath path() {
      return parent.child(from.name());
    }
  }

  private final EntryPlacer placer;
  private final PassLog log;
  private final boolean dryRun;
  private final List<Name> names = new ArrayList<>();

  LinkPhase(EntryPlacer placer, PassLog log, boolean dryRun) {
    this.placer = placer;
    this.log = log;
    this.dryRun = dryRun;
  }

  /** Keeps a name for later; its folder is finished after it. */
  void defer(Place place, Entry from, @Nullable Entry to) {
    place.noteParked();
    synchronized (names) {
      names.add(new Name(place.path(), from, to));
    }
  }

  /** Whether any waits. */
  boolean hasNames() {
    synchronized (names) {
      return !names.isEmpty();
    }
  }

  void run(SourceFolder source, @Nullable Folder target) throws IOException {
    Set<FileIdentity> conflicts = placer.takeConflicts();
    if (!conflicts.isEmpty() && target != null) {
      names.removeIf(each -> conflicts.contains(each.from().status().identity()));
      collect(source, target, conflicts);
    }
    names.sort(Comparator.comparing(Name::path));
    for (Name each : names) {
      log.allowStop();
      try (SourceFolder from = source.descend(each.parent())) {
        place(from, each, target);
      } catch (IOException e) {
        if (!TreeWalk.isGone(e, source, each.path())) {
          log.failed(each.path(), e);
        }
      }
    }
  }

  /** Finds all names of some files: only where links were changed on the backup. */
  private void collect(SourceFolder source, Folder target, Set<FileIdentity> files)
      throws IOException {
    log.allowStop();
    Listing listing = source.list();
    for (int row = 0; row < listing.size(); row++) {
      Entry entry = listing.entry(row);
      if (entry.type() == FileType.FOLDER) {
        try (SourceFolder below = source.open(entry.name())) {
          collect(below, target, files);
        }
      } else if (files.contains(entry.status().identity())) {
        names.add(new Name(source.path(), entry, found(target, source.path(), entry.name())));
      }
    }
  }

  private static @Nullable Entry found(Folder target, TreePath parent, EntryName name)
      throws IOException {
    try (Folder folder = target.descend(parent)) {
      return folder.has(name) ? new Entry(name, folder.status(name)) : null;
    } catch (IOException e) {
      if (Errno.is(e, Errno.ENOENT)) {
        return null;
      }
      throw e;
    }
  }

  private void place(SourceFolder from, Name name, @Nullable Folder target) throws IOException {
    if (target == null || (dryRun && name.to() == null)) {
      // In a plan the folder may not be there yet, and nothing of it is needed.
      place(from, name, new Place(name.parent(), null, null));
      return;
    }
    try (Folder to = target.descend(name.parent())) {
      FileStatus status = to.status();
      place(from, name, new Place(name.parent(), to, status));
    }
  }

  private void place(SourceFolder from, Name name, Place place) throws IOException {
    placer.place(from, name.from(), place, name.to(), name.path());
  }
}
