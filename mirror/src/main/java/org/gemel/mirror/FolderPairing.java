package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Finds or makes the target's folder for a folder of the source. */
final class FolderPairing {
  private final EntryDiffer differ;
  private final Applier applier;
  private final PassLog log;
  private final boolean dryRun;

  FolderPairing(EntryDiffer differ, Applier applier, PassLog log, boolean dryRun) {
    this.differ = differ;
    this.applier = applier;
    this.log = log;
    this.dryRun = dryRun;
  }

  /** Opens the target's folder of a name, or puts or stages one there. The caller closes it. */
  Place enter(Place parent, EntryName name, @Nullable Entry to, TreePath path) throws IOException {
    if (to != null && to.type() == FileType.FOLDER) {
      TreePath where = parent.where().child(name);
      Folder folder = openExisting(requireNonNull(parent.folder()), to);
      return new Place(path, where, folder, to.status());
    }
    applier.prepare(parent);
    if (to == null) {
      Place staged = applier.stage(parent, path);
      log.changed(Change.Kind.CREATE, path);
      return staged;
    }
    Folder made = applier.replaceByFolder(parent.folder(), name);
    log.changed(Change.Kind.UPDATE, path);
    return new Place(path, made, null);
  }

  /** What the target has of the folders that are listed; null if one is missing. */
  @Nullable List<Entry> foldersThere(Folder folder, Listing listing) throws IOException {
    List<Entry> there = new ArrayList<>();
    for (int row = 0; row < listing.table().size(); row++) {
      if (listing.table().type(row) == FileType.FOLDER) {
        EntryName name = listing.entry(row).name();
        try {
          there.add(new Entry(name, folder.status(name)));
        } catch (IOException e) {
          if (Errno.is(e, Errno.ENOENT)) {
            return null;
          }
          throw e;
        }
      }
    }
    return there;
  }

  private Folder openExisting(Folder parent, Entry to) throws IOException {
    try {
      return parent.open(to.name());
    } catch (IOException e) {
      if (!Errno.is(e, Errno.EACCES) || Privilege.isRoot() || dryRun) {
        throw e;
      }
      try (OpenFile held = parent.hold(to.name())) {
        held.inode().permissions(to.status().permissions() | 0700);
      }
      return parent.open(to.name());
    }
  }

  /** Notes if the target folder's own metadata differs from what is wanted. */
  void compareOutside(FileStatus wanted, ExtendedAttributes attributes, Place place)
      throws IOException {
    if (place.folder() == null || place.status() == null) {
      return;
    }
    ExtendedAttributes found = place.folder().attributes();
    if (!differ.compareFolders(wanted, attributes, place.status(), found).isEmpty()) {
      log.changed(Change.Kind.METADATA, place.path());
      place.touch();
    }
    if (!place.folder().status().changed().equals(place.status().changed())) {
      // Its mode was lifted to get in.
      place.touch();
    }
  }
}
