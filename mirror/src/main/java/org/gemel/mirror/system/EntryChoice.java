package org.gemel.mirror.system;

/** Which entries of a folder are listed. */
public interface EntryChoice {
  /** All of them. */
  EntryChoice ALL =
      new EntryChoice() {
        @Override
        public boolean wantsAll(byte first) {
          return true;
        }

        @Override
        public boolean wants(EntryName name) {
          return true;
        }

        @Override
        public boolean wants(EntryName name, FileType type) {
          return true;
        }
      };

  /** Told of an entry whose status could not be read, with the error number. */
  @FunctionalInterface
  interface Unreadable {
    void failed(EntryName name, int errno) throws SystemCallException;
  }

  /**
   * Whether all entries are listed whose names begin with a byte, whatever they are: then there is
   * no need to ask about each.
   */
  default boolean wantsAll(byte first) {
    return false;
  }

  /** Whether an entry of this name is looked at. */
  boolean wants(EntryName name);

  /** Whether an entry of this name and type is listed. */
  boolean wants(EntryName name, FileType type);
}
