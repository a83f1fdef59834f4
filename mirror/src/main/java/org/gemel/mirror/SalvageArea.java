package org.gemel.mirror;

import java.util.List;
import java.util.Optional;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.SystemCallException;

/**
 * The folder at the top of a target that keeps what passes took from it, held open. A folder for
 * each pass, in it the things under their paths.
 */
final class SalvageArea implements AutoCloseable {
  static final EntryName NAME = EntryName.of(".gemel-salvage");

  private final Folder folder;

  private SalvageArea(Folder folder) {
    this.folder = folder;
  }

  /** Opens the area of a target, or says that there is none yet. */
  static Optional<SalvageArea> find(Folder target) throws SystemCallException {
    try {
      return Optional.of(new SalvageArea(target.open(NAME)));
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e.saying("wanted a folder for what is salvaged, or nothing: move it away");
    }
  }

  /** Opens the area, and makes it if there is none. The target's own time stays what it was. */
  static SalvageArea make(Folder target) throws SystemCallException {
    Optional<SalvageArea> found = find(target);
    if (found.isPresent()) {
      return found.get();
    }
    FileStatus before = target.status();
    try {
      target.changes().createFolder(NAME);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.EACCES || Privilege.isRoot()) {
        throw e;
      }
      target.inode().permissions(before.permissions() | 0700);
      target.changes().createFolder(NAME);
      target.inode().permissions(before.permissions());
    }
    target.inode().modified(before.modified());
    return new SalvageArea(target.open(NAME));
  }

  Folder folder() {
    return folder;
  }

  /** What there is, the oldest first; names that are nobody's here are left out. */
  List<SalvageName> passes() throws SystemCallException {
    return folder.names().stream()
        .map(SalvageName::parse)
        .flatMap(Optional::stream)
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    folder.close();
  }
}
