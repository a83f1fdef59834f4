package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.TreePath;

/**
 * Sets folders' own metadata when nothing in them changes any more: at once, or after the deletes
 * where some are parked.
 */
final class FolderFinisher {
  private record Unfinished(TreePath path, Metadata metadata) {}

  private final List<Unfinished> unfinished = new ArrayList<>();
  private final Applier applier;
  private final PassLog log;
  private final boolean dryRun;

  FolderFinisher(Applier applier, PassLog log, boolean dryRun) {
    this.applier = applier;
    this.log = log;
    this.dryRun = dryRun;
  }

  /** Finishes a folder whose entries are done but for parked deletes. */
  void finish(Place place, Metadata metadata) {
    if (dryRun || place.folder() == null) {
      return;
    }
    if (place.hasParked()) {
      synchronized (unfinished) {
        unfinished.add(new Unfinished(place.path(), metadata));
      }
      return;
    }
    try {
      metadata.impose(place.folder().inode());
    } catch (IOException e) {
      log.failed(place.path(), e);
    }
  }

  /** Removes a folder that did not get so far as to get its name. */
  void discard(Place parent, Place staged) {
    try {
      applier.discard(parent, staged);
    } catch (IOException e) {
      log.failed(staged.path(), e);
    }
  }

  /** Finishes those that waited for deletes; those below were noted before those above. */
  void finishRest(Folder targetRoot) {
    for (Unfinished each : unfinished) {
      try {
        finish(targetRoot, each);
      } catch (IOException e) {
        log.failed(each.path(), e);
      }
    }
  }

  private static void finish(Folder targetRoot, Unfinished each) throws IOException {
    if (each.path().isRoot()) {
      each.metadata().impose(targetRoot.inode());
      return;
    }
    try (Folder parent = targetRoot.descend(each.path().parent());
        OpenFile folder = parent.hold(each.path().names().getLast())) {
      each.metadata().impose(folder.inode());
    }
  }
}
