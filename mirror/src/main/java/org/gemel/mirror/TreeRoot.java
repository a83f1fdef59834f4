package org.gemel.mirror;

import java.nio.file.Path;

/**
 * The top folder of a tree on this machine, as text in UTF-8. Not a {@link Path}, which refuses
 * text its process' locale cannot spell.
 */
public record TreeRoot(String path) {
  public TreeRoot {
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "found an empty folder name or one with a NUL, wanted the path of a folder");
    }
  }

  public static TreeRoot of(Path path) {
    return new TreeRoot(path.toString());
  }

  @Override
  public String toString() {
    return path;
  }
}
