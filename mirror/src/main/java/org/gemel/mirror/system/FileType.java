package org.gemel.mirror.system;

/** What an entry of a folder is. */
public enum FileType {
  FILE("file"),
  FOLDER("folder"),
  SYMBOLIC_LINK("symbolic link"),
  FIFO("FIFO"),
  SOCKET("socket"),
  BLOCK_DEVICE("block device"),
  CHARACTER_DEVICE("character device");

  private final String words;

  FileType(String words) {
    this.words = words;
  }

  /** Whether a mirror carries it: the others mean something on their own machine only. */
  public boolean isMirrored() {
    return this == FILE || this == FOLDER || this == SYMBOLIC_LINK;
  }

  @Override
  public String toString() {
    return words;
  }

  static FileType ofMode(int mode) {
    return switch (mode >> 12) {
      case 1 -> FIFO;
      case 2 -> CHARACTER_DEVICE;
      case 4 -> FOLDER;
      case 6 -> BLOCK_DEVICE;
      case 8 -> FILE;
      case 10 -> SYMBOLIC_LINK;
      case 12 -> SOCKET;
      default ->
          throw new IllegalStateException("found file mode " + mode + ", which names no type");
    };
  }
}
