package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.file.Path;
import org.gemel.core.Side;

/**
 * The volume a device sees through its mount at one moment. The link is resolved once for a whole
 * item: an item that begins on X ends on X or is refused, and never writes its file here and its
 * row there.
 */
record Mount(Path link, Path root, VolumeMarker marker) {
  static Mount resolve(Path link) throws IOException {
    Path root = link.toRealPath();
    return new Mount(link, root, VolumeMarker.read(root));
  }

  Side side() {
    return marker.side();
  }

  /** Refuses to go on if the link leads elsewhere by now. */
  void demandSame() throws IOException {
    Path now = link.toRealPath();
    if (!now.equals(root)) {
      throw new IOException(
          "found the mount at "
              + now
              + ", wanted it still at "
              + root
              + ": the device was switched meanwhile");
    }
  }

  Path file(String relative) {
    return root.resolve(relative);
  }
}
