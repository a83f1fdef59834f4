package org.gemel.mirror.link;

import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/** Opens a folder of this machine to be served to a pass elsewhere. */
final class PushSource {
  private PushSource() {}

  static ServedTree open(MirrorRequest request) throws SystemCallException {
    return new ServedTree(
        Folder.openRoot(request.source().path()),
        TreePath.ROOT,
        request.filters(),
        request.marker());
  }
}
