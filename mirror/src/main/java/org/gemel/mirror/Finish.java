package org.gemel.mirror;

import java.util.Optional;
import org.gemel.mirror.index.FolderRecord;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.TreePath;

/**
 * How a folder of the target is finished.
 *
 * @param table what the source's holds, for the index
 * @param remembered what the index has of it
 */
record Finish(Metadata metadata, EntryTable table, Optional<FolderRecord> remembered) {
  /** What the index is to have of it, if that is news. */
  Optional<FolderRecord> record(TreePath path, FileStatus target) {
    FolderRecord now = FolderRecord.of(metadata.status(), target, path, table);
    boolean known =
        remembered.isPresent()
            && remembered.get().isUntouched(target)
            && remembered.get().path().equals(path)
            && remembered.get().table().isSame(table);
    return known ? Optional.empty() : Optional.of(now);
  }
}
