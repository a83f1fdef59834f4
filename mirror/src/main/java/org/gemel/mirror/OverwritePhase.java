package org.gemel.mirror;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;

/**
 * Overwrites what was parked, once the guard has let it pass: folder by folder, on all threads, in
 * the same batches as what is created.
 */
final class OverwritePhase {
  private final SourceFolder source;
  private final Folder target;
  private final PassParts parts;
  private final PassLog log;

  OverwritePhase(SourceFolder source, Folder target, PassParts parts) {
    this.source = source;
    this.target = target;
    this.parts = parts;
    this.log = parts.log();
  }

  void run(ParkedOverwrites parked) {
    if (parked.count() == 0) {
      return;
    }
    List<ParkedOverwrites.InFolder> folders = parked.folders();
    // The newest goes first.
    for (ParkedOverwrites.InFolder each : folders.reversed()) {
      parts.workers().submit(task(() -> overwrite(each)));
    }
    parts.workers().run();
    if (parked.left() > 0) {
      log.failed(
          TreePath.ROOT,
          "found "
              + parked.count()
              + " files to overwrite, more than fit the memory at once: "
              + parked.left()
              + " are left to the next pass");
    }
  }

  private static Workers.Task task(Runnable work) {
    return new Workers.Task() {
      @Override
      public void run() {
        work.run();
      }

      @Override
      public void abandon() {}
    };
  }

  private void overwrite(ParkedOverwrites.InFolder folder) {
    log.allowStop();
    try {
      SourceFolder from = source.descend(folder.path());
      Folder to;
      try {
        to = target.descend(folder.where());
      } catch (IOException | RuntimeException e) {
        from.close();
        throw e;
      }
      overwrite(from, to, folder.names());
    } catch (IOException e) {
      if (folder.path().isRoot() || !TreeWalk.isGone(e, source, folder.path())) {
        log.failed(folder.path(), e);
      }
    }
  }

  private void overwrite(SourceFolder from, Folder to, List<EntryName> names) throws IOException {
    Place place = place(from, to);
    FolderWork work = new FolderWork(null, from, place, parts.finisher());
    work.whenFilled(
        () -> {
          from.close();
          place.close();
        });
    try {
      FileBatches files = new FileBatches(work, parts);
      Listing now = from.look(Set.copyOf(names));
      if (!now.failures().isEmpty()) {
        place.noteFailed();
        now.failures().forEach(log::failed);
      }
      for (int row = 0; row < now.size(); row++) {
        // Become something else since, or gone: the next pass sees to it.
        if (now.entry(row).type() == FileType.FILE) {
          files.add(now.entry(row), Change.Kind.UPDATE);
        }
      }
      files.end();
    } finally {
      work.releaseContent();
    }
  }

  private static Place place(SourceFolder from, Folder to) throws IOException {
    try {
      return new Place(from.path(), to, to.status());
    } catch (IOException | RuntimeException e) {
      from.close();
      to.close();
      throw e;
    }
  }
}
