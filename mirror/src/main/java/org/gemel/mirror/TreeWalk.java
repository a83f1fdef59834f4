package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Goes through both trees side by side, makes what is to be made at once, and parks what is to go.
 * Nothing is remembered of what is equal, so its memory grows with the changes and not with the
 * tree.
 */
final class TreeWalk {
  private final MirrorRequest request;
  private final Scanner scanner;
  private final FolderPairing pairing;
  private final EntryPlacer placer;
  private final Applier applier;
  private final Deleter deleter;
  private final ParkedDeletes parked;
  private final FolderFinisher finisher;
  private final PassLog log;
  private final @Nullable FileIdentity targetRoot;
  private long held;

  TreeWalk(
      MirrorRequest request,
      Scanner scanner,
      Applier applier,
      Deleter deleter,
      ParkedDeletes parked,
      FolderFinisher finisher,
      PassLog log,
      EntryPlacer placer,
      EntryDiffer differ,
      @Nullable FileIdentity targetRoot) {
    this.request = request;
    this.scanner = scanner;
    this.applier = applier;
    this.deleter = deleter;
    this.parked = parked;
    this.finisher = finisher;
    this.log = log;
    this.targetRoot = targetRoot;
    this.pairing = new FolderPairing(differ, applier, log, request.dryRun());
    this.placer = placer;
  }

  /** Entries the target held, as far as the walk has come. */
  long held() {
    return held;
  }

  /**
   * Makes one folder of the target, and all below, equal to the source's, but for what is parked.
   */
  void folder(Folder source, Place place) throws SystemCallException {
    FileStatus status = source.status();
    ExtendedAttributes attributes = source.attributes();
    pairing.compareOutside(status, attributes, place);
    try {
      contents(source, status, place);
    } finally {
      if (place.isTouched()) {
        finisher.add(place.path(), new Metadata(status, attributes));
      }
    }
  }

  private void contents(Folder source, FileStatus status, Place place) throws SystemCallException {
    log.allowStop();
    Listing from = scanner.list(source, status);
    from.failures().forEach(each -> log.failed(each.path(), each.reason()));
    Listing to = listTarget(place);
    held += to.entries().size();
    // A name whose status could not be read may hide anything: what seems to be absent here is not
    // deleted.
    boolean mayDelete = from.failures().isEmpty() && request.deletes() == DeletePolicy.MIRROR;
    List<Entry> wanted = from.entries();
    List<Entry> found = to.entries();
    int i = 0;
    int j = 0;
    while (i < wanted.size() || j < found.size()) {
      int order = EntryOrder.compare(wanted, i, found, j);
      Entry one = order <= 0 ? wanted.get(i++) : null;
      Entry other = order >= 0 ? found.get(j++) : null;
      log.allowStop();
      pair(source, one, place, other, mayDelete);
    }
  }

  private Listing listTarget(Place place) throws SystemCallException {
    if (place.folder() == null) {
      return Listing.EMPTY;
    }
    Listing listing = scanner.list(place.folder(), place.folder().status());
    listing.failures().forEach(each -> log.failed(each.path(), each.reason()));
    for (EntryName temporary : listing.temporaries()) {
      sweep(place, temporary);
    }
    return listing;
  }

  private void sweep(Place place, EntryName temporary) {
    if (request.dryRun() || place.folder() == null) {
      return;
    }
    try {
      place.prepareForChange();
      if (applier.sweep(place.folder(), temporary)) {
        log.swept();
      }
    } catch (SystemCallException e) {
      log.failed(place.path().child(temporary), e.getMessage());
    }
  }

  private void pair(
      Folder source, @Nullable Entry from, Place place, @Nullable Entry to, boolean mayDelete) {
    Entry wanted = from;
    EntryName name = (from != null ? from : requireNonNull(to)).name();
    TreePath path = place.path().child(name);
    try {
      if (from != null && !from.type().isMirrored()) {
        log.skipped();
        if (to != null && to.type() == from.type()) {
          return;
        }
        wanted = null;
      }
      if (wanted != null) {
        log.saw(wanted, path);
        present(source, wanted, place, to, path);
      } else if (to != null && mayDelete) {
        park(place, to, null);
      }
    } catch (SystemCallException e) {
      if (from == null || e.errno() != Errno.ENOENT || isThere(source, name)) {
        log.failed(path, e.getMessage());
      }
    } catch (FileMover.SourceChangedException | Deleter.UndeletableException e) {
      log.failed(path, String.valueOf(e.getMessage()));
    }
  }

  /** Whether a source entry still exists: one that vanished while it was mirrored is no failure. */
  private static boolean isThere(Folder source, EntryName name) {
    try {
      source.status(name);
      return true;
    } catch (SystemCallException e) {
      return e.errno() != Errno.ENOENT;
    }
  }

  private void present(Folder source, Entry wanted, Place place, @Nullable Entry to, TreePath path)
      throws SystemCallException {
    if (wanted.type() == FileType.FOLDER) {
      descend(source, wanted, place, to, path);
    } else if (to != null && to.type() == FileType.FOLDER) {
      if (request.deletes() == DeletePolicy.KEEP) {
        log.failed(
            path,
            "found a folder in the target where the source has a "
                + wanted.type()
                + ", and deletes are not wanted: move the folder away, or mirror with deletes");
        return;
      }
      park(place, to, wanted);
    } else {
      placer.place(source, wanted, place, to, path);
    }
  }

  private void descend(Folder source, Entry wanted, Place place, @Nullable Entry to, TreePath path)
      throws SystemCallException {
    try (Folder child = source.open(wanted.name())) {
      if (child.status().identity().equals(targetRoot)) {
        log.failed(path, "this is the target itself: not mirrored into itself; exclude it");
        return;
      }
      Place below = pairing.enter(place, wanted.name(), to, path);
      try (below) {
        folder(child, below);
      }
    }
  }

  private void park(Place place, Entry to, @Nullable Entry replacement) throws SystemCallException {
    if (place.folder() == null) {
      return;
    }
    long count = deleter.count(place.folder(), to);
    held += count - 1;
    applier.prepare(place);
    parked.park(place.path(), to, count, replacement);
  }
}
