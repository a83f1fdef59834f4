package org.gemel.mirror.system;

/** Which entries of a folder are listed. */
public interface EntryChoice {
  /** Told of an entry whose status could not be read, with the error number. */
  @FunctionalInterface
  interface Unreadable {
    void failed(EntryName name, int errno) throws SystemCallException;
  }

  /** Whether an entry of this name is looked at. */
  boolean wants(EntryName name);

  /** Whether an entry of this name and type is listed. */
  boolean wants(EntryName name, FileType type);
}
