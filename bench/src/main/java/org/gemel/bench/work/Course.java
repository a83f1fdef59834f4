package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.gemel.bench.peer.Gemel;
import org.gemel.bench.process.Caches;
import org.gemel.bench.process.Timed;
import org.gemel.bench.tree.Trees;

/**
 * What all works have in common.
 *
 * @param million made when it is first asked for, for all works that only look at it or follow it
 * @param folder where trees are made
 * @param scratch for logs and configurations
 */
public record Course(
    Sizes sizes,
    int runs,
    Path folder,
    Path scratch,
    Timed timed,
    Caches caches,
    Trees trees,
    Gemel gemel,
    Findings findings,
    MirroredMillion million) {

  /** A folder for one work, open to a server's own user. */
  Path open(String work) throws IOException {
    return Files.createDirectory(
        folder.resolve(work),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  /** Makes a tree empty, or makes an empty tree. */
  void clear(Path tree) throws IOException, InterruptedException {
    trees.remove(tree);
    Files.createDirectory(tree);
  }
}
