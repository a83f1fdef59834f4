package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gemel.mirror.system.FileStatus;
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

  void run(SourceFolder source, @Nullable Folder target) {
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
