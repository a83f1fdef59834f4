package org.gemel.mirror;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.index.FolderIndex;
import org.gemel.mirror.index.FolderRecord;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * What one pass has of an index. An index that fails is done without: it makes passes faster and
 * nothing else.
 */
final class PassIndex implements AutoCloseable {
  private final boolean trusted;
  private final Timestamp since;
  private final Timestamp begun;
  private volatile @Nullable FolderIndex index;

  private PassIndex(@Nullable FolderIndex index, boolean trusted, Timestamp begun) {
    this.index = index;
    this.trusted = trusted;
    this.since = index == null ? new Timestamp(0, 0) : index.begun();
    this.begun = begun;
  }

  /** Remembers nothing. */
  static PassIndex none() {
    return new PassIndex(null, false, Timestamp.now());
  }

  /** Opens what a request names. */
  static PassIndex open(MirrorRequest request, FileStatus source, @Nullable FileStatus target) {
    Timestamp begun = Timestamp.now();
    if (request.index().isEmpty() || target == null) {
      return new PassIndex(null, false, begun);
    }
    MirrorIndex place = request.index().get();
    long filters = request.filters().hashCode() * 31L + request.marker().hashCode();
    try {
      return new PassIndex(
          FolderIndex.open(place.folder(), source.identity(), target.identity(), filters),
          place.trusted(),
          begun);
    } catch (IOException unusable) {
      return new PassIndex(null, false, begun);
    }
  }

  /** Whether there is one. */
  boolean isOpen() {
    return index != null;
  }

  Optional<FolderRecord> find(FileStatus source) {
    FolderIndex open = index;
    return open == null ? Optional.empty() : open.find(source.identity());
  }

  /** What may be believed of a folder's entries that did not change since. */
  EntryTable known(Optional<FolderRecord> record) {
    return trusted ? record.map(FolderRecord::table).orElse(EntryTable.EMPTY) : EntryTable.EMPTY;
  }

  /**
   * Whether nothing in a folder changed on either side since it was made equal. Folders in it have
   * a turn of their own.
   */
  boolean isUnchanged(Optional<FolderRecord> record, EntryTable source, FileStatus target) {
    if (!trusted || record.isEmpty() || !record.get().isUntouched(target)) {
      return false;
    }
    EntryTable before = record.get().table();
    if (before.isIdentical(source)) {
      return true;
    }
    if (before.size() != source.size()) {
      return false;
    }
    for (int row = 0; row < source.size(); row++) {
      boolean folder = source.type(row) == FileType.FOLDER;
      boolean same =
          source.compareNames(row, before, row) == 0
              && (folder
                  ? source.identity(row).equals(before.identity(row))
                  : source.isUnchanged(row, before, row));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Whether an inode is older than the last pass: then it may have had another name in it. */
  boolean mayBeRenamed(Timestamp born) {
    return index != null && born.seconds() > 0 && born.compareTo(since) < 0;
  }

  Map<FileIdentity, FolderIndex.Location> locate(Set<FileIdentity> files) {
    FolderIndex open = index;
    return open == null || files.isEmpty() ? Map.of() : open.locate(files);
  }

  void put(FolderRecord record) {
    FolderIndex open = index;
    if (open != null) {
      try {
        open.put(record);
      } catch (IOException e) {
        giveUp(open);
      }
    }
  }

  /** Makes what was put count; the target is durable. */
  void commit() {
    FolderIndex open = index;
    if (open != null) {
      try {
        open.commit(begun);
      } catch (IOException e) {
        giveUp(open);
      }
    }
  }

  private void giveUp(FolderIndex open) {
    index = null;
    close(open);
  }

  @Override
  public void close() {
    FolderIndex open = index;
    if (open != null) {
      close(open);
    }
  }

  @SuppressWarnings("EmptyCatch") // Nothing depends on an index that cannot be closed.
  private static void close(FolderIndex open) {
    try {
      open.close();
    } catch (IOException unimportant) {
    }
  }
}
