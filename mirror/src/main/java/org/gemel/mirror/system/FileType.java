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

  /** Whether a mirror carries it unasked: the others mean something on their own machine only. */
  public boolean isMirrored() {
    return this == FILE || this == FOLDER || this == SYMBOLIC_LINK;
  }

  /** Whether a mirror can carry it, if it is asked to. */
  public boolean isSpecial() {
    return this == FIFO || isDevice();
  }

  public boolean isDevice() {
    return this == BLOCK_DEVICE || this == CHARACTER_DEVICE;
  }

  @Override
  public String toString() {
    return words;
  }

  /** The bits of a mode that name this type. */
  int mode() {
    int type =
        switch (this) {
          case FIFO -> 1;
          case CHARACTER_DEVICE -> 2;
          case FOLDER -> 4;
          case BLOCK_DEVICE -> 6;
          case FILE -> 8;
          case SYMBOLIC_LINK -> 10;
          case SOCKET -> 12;
        };
    return type << 12;
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
