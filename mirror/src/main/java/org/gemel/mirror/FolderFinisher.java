package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;

/**
 * Sets folders' own metadata when nothing in them changes any more: at once, or after the deletes
 * where some are parked.
 */
final class FolderFinisher {
  private record Unfinished(Place place, Finish finish) {}

  private final List<Unfinished> unfinished = new ArrayList<>();
  private final Applier applier;
  private final PassIndex index;
  private final PassLog log;
  private final boolean dryRun;

  FolderFinisher(Applier applier, PassIndex index, PassLog log, boolean dryRun) {
    this.applier = applier;
    this.index = index;
    this.log = log;
    this.dryRun = dryRun;
  }

  /** Finishes a folder whose entries are done but for what is parked. */
  void finish(Place place, Finish finish) {
    Folder folder = place.folder();
    if (dryRun || folder == null) {
      return;
    }
    if (place.hasParked()) {
      synchronized (unfinished) {
        unfinished.add(new Unfinished(place, finish));
      }
      return;
    }
    try {
      if (place.isTouched()) {
        finish.metadata().impose(folder.inode());
      }
      if (!place.hasFailed()) {
        finish.record(place.path(), folder.status()).ifPresent(index::put);
      }
    } catch (IOException e) {
      log.failed(place.path(), e);
    }
  }

  /**
   * Removes a folder that did not get so far as to get its name. Its parent lacks it, so that is
   * not remembered as equal, whatever it was that failed in this one.
   */
  void discard(Place parent, Place staged) {
    parent.noteFailed();
    try {
      applier.discard(parent, staged);
    } catch (IOException e) {
      log.failed(staged.path(), e);
    }
  }

  /**
   * Finishes those that waited; those below were noted before those above.
   *
   * @param complete whether all that was parked is done
   */
  void finishRest(Folder targetRoot, boolean complete) {
    for (Unfinished each : unfinished) {
      TreePath path = each.place().path();
      try (Folder folder = targetRoot.descend(path)) {
        each.finish().metadata().impose(folder.inode());
        if (complete && !each.place().hasFailed()) {
          each.finish().record(path, folder.status()).ifPresent(index::put);
        }
      } catch (IOException e) {
        log.failed(path, e);
      }
    }
  }
}
