package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.bench.tree.ManyFiles;
import org.gemel.bench.tree.Trees;

/**
 * The tree of a million files with its mirror. To make it takes minutes, so it is made only when a
 * work asks for it, and then shared; each work leaves both sides equal.
 */
public final class MirroredMillion {
  private final ManyFiles shape;
  private final Path folder;
  private final Trees trees;

  public MirroredMillion(ManyFiles shape, Path parent, Trees trees) {
    this.shape = shape;
    this.folder = parent.resolve("million");
    this.trees = trees;
  }

  ManyFiles shape() {
    return shape;
  }

  /** Where a server may serve both from. */
  Path folder() {
    return folder;
  }

  Path from() throws IOException, InterruptedException {
    make();
    return folder.resolve("from");
  }

  Path to() throws IOException, InterruptedException {
    make();
    return folder.resolve("to");
  }

  private void make() throws IOException, InterruptedException {
    if (Files.exists(folder)) {
      return;
    }
    Files.createDirectory(folder);
    shape.make(folder.resolve("from"));
    trees.copy(folder.resolve("from"), folder.resolve("to"));
  }
}
