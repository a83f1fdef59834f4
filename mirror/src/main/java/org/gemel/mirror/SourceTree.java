package org.gemel.mirror;

import java.io.IOException;
import java.util.Optional;
import org.gemel.mirror.system.Folder;

/** The tree that is mirrored, held open for a whole pass, on this machine or behind a link. */
public interface SourceTree extends AutoCloseable {
  /** Its top, listed by the filters of the pass; closed with the tree. */
  SourceFolder root();

  /** The top's descriptor where the tree is on this machine. */
  Optional<Folder> local();

  /**
   * What the marker file of the tree's volume says, its ends stripped.
   *
   * @param above whether it may also lie in a folder above the top
   * @return empty if there is none
   */
  Optional<String> marker(String fileName, boolean above) throws IOException;

  @Override
  void close();
}
