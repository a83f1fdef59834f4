package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.mirror.index.FolderRecord;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each entry of one visited folder, folders apart, when it is made: at once, with the
 * renames or the links after the walk, or, where it takes something away, once the guard has
 * spoken.
 */
final class FolderEntries {
  /** Lets something of the target wait for the guard. */
  interface Parking {
    void park(Place place, Entry found, @Nullable Entry replacement) throws IOException;
  }

  private final MirrorRequest request;
  private final PassParts parts;
  private final PassLog log;
  private final FolderWork opened;
  private final Optional<FolderRecord> remembered;
  private final Parking parking;
  private final FileBatches files;
  private final List<EntryName> overwritten = new ArrayList<>();

  /**
   * @param remembered what the index knows of the folder
   */
  FolderEntries(
      MirrorRequest request,
      PassParts parts,
      FolderWork opened,
      Optional<FolderRecord> remembered,
      Parking parking) {
    this.request = request;
    this.parts = parts;
    this.log = parts.log();
    this.opened = opened;
    this.remembered = remembered;
    this.parking = parking;
    this.files = new FileBatches(opened, parts);
  }

  /**
   * Compares one entry that is no folder in the source.
   *
   * @param mayDelete whether what only the target has may be parked: not where the source could not
   *     be listed wholly
   */
  void place(@Nullable Entry source, @Nullable Entry found, TreePath path, boolean mayDelete) {
    Place place = opened.place();
    Entry wanted = source;
    try {
      if (wanted != null && !request.filters().carry(wanted.type())) {
        log.skipped();
        if (found != null && found.type() == wanted.type()) {
          return;
        }
        wanted = null;
      }
      if (wanted != null) {
        noteForeign(wanted, found, path);
        log.saw(1, wanted.type() == FileType.FILE ? wanted.status().size() : 0, path);
        present(wanted, found, path);
      } else if (found != null && mayDelete && request.deletes().removes()) {
        noteForeign(null, found, path);
        parking.park(place, found, null);
      }
    } catch (IOException e) {
      if (source == null || !TreeWalk.isGone(e, opened.source(), source.name())) {
        place.noteFailed();
        log.failed(path, e);
      }
    } catch (Deleter.UndeletableException e) {
      place.noteFailed();
      log.failed(path, String.valueOf(e.getMessage()));
    }
  }

  /** Tells of an entry if it is not as it was made because others have changed it. */
  void noteForeign(@Nullable Entry wanted, @Nullable Entry found, TreePath path) {
    parts.foreign().look(remembered, opened.place(), wanted, found, path);
  }

  /** Makes what still waits for a full batch, and hands on what would be overwritten. */
  void end() throws IOException {
    files.end();
    parts.overwrites().park(opened.place(), overwritten);
  }

  private void move(Entry wanted, @Nullable Entry found, TreePath path) throws IOException {
    boolean replaced = found != null && replaced(wanted);
    if (!replaced && parts.placer().settle(opened, wanted, found, path)) {
      return;
    }
    // What was replaced may be another name's origin, so it waits even if what replaces it is
    // new.
    boolean later =
        (replaced || (found == null && parts.index().mayBeRenamed(wanted.status().born())))
            && parts.renames().defer(opened.place(), wanted, found, replaced);
    if (!later) {
      if (found == null) {
        files.add(wanted, Change.Kind.CREATE);
      } else {
        overwritten.add(wanted.name());
      }
    }
  }

  private void present(Entry wanted, @Nullable Entry found, TreePath path) throws IOException {
    if (found != null && found.type() == FileType.FOLDER) {
      if (request.deletes() == DeletePolicy.KEEP) {
        log.failed(
            path,
            "found a folder in the target where the source has a "
                + wanted.type()
                + ", and deletes are not wanted: move the folder away, or mirror with deletes");
        return;
      }
      parking.park(opened.place(), found, wanted);
    } else if (wanted.type() == FileType.FILE
        && wanted.status().links() == 1
        && (found == null || found.status().links() == 1)) {
      move(wanted, found, path);
    } else if (wanted.type() != FileType.FILE) {
      parts.renames().lost(path);
      parts.placer().place(opened.source(), wanted, opened.place(), found, path);
    } else if (!parts.placer().isSettled(opened, wanted, found, path)) {
      parts.links().defer(opened.place(), wanted, found);
    }
  }

  /** Whether another inode than the one remembered has the name now. */
  boolean replaced(Entry wanted) {
    FolderRecord before = remembered.orElse(null);
    int row = before == null ? -1 : before.table().find(wanted.name());
    return before != null
        && row >= 0
        && !before.table().identity(row).equals(wanted.status().identity());
  }

  /** Whether the inode is the one remembered under its name; nothing can be moved if none is. */
  boolean isRemembered(Entry entry) {
    FolderRecord before = remembered.orElse(null);
    int row = before == null ? -1 : before.table().find(entry.name());
    return !parts.index().isOpen()
        || (before != null
            && row >= 0
            && before.table().identity(row).equals(entry.status().identity()));
  }
}
