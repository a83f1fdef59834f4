package org.gemel.mirror;

import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;

/**
 * What becomes of the things that a pass takes from the target: they are gone, or they are kept
 * elsewhere. Whatever interrupts it, a name that is replaced has its old or its new thing.
 */
interface Disposal extends AutoCloseable {
  /** Gives a finished file or link its final name; a file or link that has it is disposed of. */
  void replace(Folder in, EntryName made, EntryName name) throws SystemCallException;

  /** Gives a folder its final name, which a file or link has: that is disposed of. */
  void replaceByFolder(Folder in, EntryName made, EntryName name) throws SystemCallException;

  /** Disposes of a file or link. */
  void removeFile(Folder in, EntryName name) throws SystemCallException;

  /** Whether folders are taken whole, with all that is in them. */
  boolean takesWholeFolders();

  /**
   * Disposes of a folder: of an empty one, or if folders are taken whole, of any.
   *
   * @param entries how many things go with it, itself included
   */
  void removeFolder(Folder in, EntryName name, long entries) throws SystemCallException;

  /** How often room was made; to be handed to {@link #makeRoom}. */
  int timesRoomWasMade();

  /**
   * Makes room on a volume that is full, if something may go for it.
   *
   * @param before how often room had been made when the write began that found none: if it was made
   *     since, by another thread, nothing more goes
   * @param wanted bytes to be written
   * @return whether it makes sense to write again
   */
  boolean makeRoom(int before, long wanted);

  /** Keeps the limits at the end of a pass. */
  void end();

  @Override
  void close();
}
