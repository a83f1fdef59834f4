package org.gemel.mirror;

import java.io.IOException;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;

/** Carries out parked deletes, and puts in place what had to wait for a folder to go. */
final class DeletePhase {
  private final SourceFolder source;
  private final Folder target;
  private final Deleter deleter;
  private final EntryPlacer placer;
  private final PassLog log;

  DeletePhase(
      SourceFolder source, Folder target, Deleter deleter, EntryPlacer placer, PassLog log) {
    this.source = source;
    this.target = target;
    this.deleter = deleter;
    this.placer = placer;
    this.log = log;
  }

  /**
   * Deletes, and replaces.
   *
   * @return whether all of it came to be as the walk had seen it wanted; false without a failure
   *     where the source has changed since
   */
  boolean run(ParkedDeletes parked) {
    boolean all = true;
    for (ParkedDeletes.Parked each : parked.all()) {
      TreePath path = each.parent().child(each.entry().name());
      try {
        boolean done = deleter.delete(each);
        if (done && each.replacement() != null) {
          done = replace(each, each.replacement(), path);
        }
        all &= done;
      } catch (IOException e) {
        all = false;
        if (!TreeWalk.isGone(e, source, path)) {
          log.failed(path, e);
        }
      } catch (Deleter.UndeletableException e) {
        all = false;
        log.failed(path, String.valueOf(e.getMessage()));
      }
    }
    return all;
  }

  private boolean replace(ParkedDeletes.Parked parked, Entry wanted, TreePath path)
      throws IOException {
    TreePath parent = parked.parent();
    try (SourceFolder from = source.descend(parent);
        Folder to = target.descend(parked.where()).seenAt(parent)) {
      Entry now = new Entry(wanted.name(), from.status(wanted.name()));
      // Become something else since: the next pass sees to it.
      if (!deleter.mirrors(now.type()) || now.type() == FileType.FOLDER) {
        return false;
      }
      placer.place(from, now, new Place(parent, to, to.status()), null, path);
      return true;
    }
  }
}
