package org.gemel.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  /** There while the target holds more of the mirror's making than the records say. */
  private static final String BEHIND = "behind";

  private final boolean trusted;
  private final @Nullable Path behind;
  private final boolean knowsAdditions;
  private final Timestamp since;
  private final Timestamp begun;
  private volatile @Nullable FolderIndex index;

  private PassIndex(
      @Nullable FolderIndex index,
      boolean trusted,
      @Nullable Path behind,
      boolean knowsAdditions,
      Timestamp begun) {
    this.index = index;
    this.behind = behind;
    this.knowsAdditions = knowsAdditions;
    this.trusted = trusted;
    this.since = index == null ? new Timestamp(0, 0) : index.begun();
    this.begun = begun;
  }

  /** Remembers nothing. */
  private static PassIndex none() {
    return new PassIndex(null, false, null, false, Timestamp.now());
  }

  /** For a pass that looks at some places only: the records fall behind what it makes there. */
  static PassIndex fallenBehind(MirrorRequest request) {
    if (!request.dryRun() && request.index().isPresent()) {
      noteBehind(request.index().get().folder());
    }
    return none();
  }

  private static void noteBehind(Path folder) {
    Path behind = folder.resolve(BEHIND);
    try {
      if (Files.isDirectory(folder) && Files.notExists(behind)) {
        Files.createFile(behind);
      }
    } catch (IOException notNoted) {
      // The next pass may take what a mirror has made for a stranger's; it mirrors all the same.
    }
  }

  /** Opens what a request names. */
  static PassIndex open(MirrorRequest request, FileStatus source, @Nullable FileStatus target) {
    Timestamp begun = Timestamp.now();
    if (request.index().isEmpty() || target == null) {
      return none();
    }
    MirrorIndex place = request.index().get();
    long filters = request.filters().hashCode() * 31L + request.marker().hashCode();
    try {
      FolderIndex index =
          FolderIndex.open(place.folder(), source.identity(), target.identity(), filters);
      Path behind = place.folder().resolve(BEHIND);
      boolean knowsAdditions = Files.notExists(behind);
      if (!request.dryRun()) {
        noteBehind(place.folder());
      }
      return new PassIndex(index, place.trusted(), behind, knowsAdditions, begun);
    } catch (IOException unusable) {
      return none();
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

  /**
   * Whether what only the target has, and the records do not, was put there by somebody else: not
   * after a pass that did not end, or that looked at some places only.
   */
  boolean knowsAdditions() {
    return knowsAdditions;
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

  /**
   * Makes what was put count; the target is durable.
   *
   * @param whole whether all was looked at and made equal
   */
  @SuppressWarnings("EmptyCatch") // As long as it is there the next pass says less.
  void commit(boolean whole) {
    FolderIndex open = index;
    if (open != null) {
      try {
        open.commit(begun);
      } catch (IOException e) {
        giveUp(open);
      }
      if (whole && behind != null) {
        try {
          Files.deleteIfExists(behind);
        } catch (IOException stays) {
        }
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
