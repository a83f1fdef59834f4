package org.gemel.mirror;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;

/**
 * Folders of the target that something was moved out of. That moved their time, and they may have
 * been finished before: they are finished again.
 */
final class LeftFolders {
  private final Set<TreePath> paths = new TreeSet<>();

  synchronized void note(TreePath folder) {
    paths.add(folder);
  }

  synchronized void finish(SourceFolder source, Folder target, PassLog log) {
    for (TreePath each : paths) {
      try (SourceFolder from = source.descend(each);
          Folder to = target.descend(each)) {
        new Metadata(from.status(), from.attributes()).impose(to.inode());
      } catch (IOException e) {
        // Gone or moved itself: then it was or is finished where it is now.
        if (!Errno.is(e, Errno.ENOENT) && !Errno.is(e, Errno.ENOTDIR)) {
          log.failed(each, e);
        }
      }
    }
  }
}
