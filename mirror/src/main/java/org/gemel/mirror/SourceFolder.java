package org.gemel.mirror;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.TreePath;

/**
 * A folder of the tree that is mirrored, held open, wherever it is: on this machine or behind a
 * link. Everything in it is reached by a single name, no symbolic link is followed. May be used by
 * several threads.
 *
 * <p>Failures of the storage are {@link org.gemel.mirror.system.SystemCallException}s also where
 * the storage is another machine's; a source that is lost as a whole is a {@link
 * SourceLostException}.
 */
public interface SourceFolder extends AutoCloseable {
  /** Told of the files that were asked for, one after the other, in any order. */
  interface Receiver {
    /** A file is open; it is closed when this returns. */
    void file(EntryName name, SourceFile file) throws IOException;

    /** A file could not be opened, read or taken. */
    void failed(EntryName name, IOException why);
  }

  /** The way from the tree's root. */
  TreePath path();

  /** What it is now. */
  FileStatus status() throws IOException;

  ExtendedAttributes attributes() throws IOException;

  /**
   * What it holds.
   *
   * @throws IOException if its names could not all be read
   */
  default Listing list() throws IOException {
    return list(EntryTable.EMPTY);
  }

  /**
   * The same, where something is known.
   *
   * @param known what it was seen to hold before: of entries that did not change since, the
   *     attributes need not be asked again
   */
  Listing list(EntryTable known) throws IOException;

  /** The same of some names only, those that are there. */
  Listing look(Set<EntryName> names) throws IOException;

  FileStatus status(EntryName name) throws IOException;

  ExtendedAttributes attributes(EntryName name) throws IOException;

  /** Where a symbolic link points, as its bytes. */
  byte[] linkTarget(EntryName name) throws IOException;

  /** Opens a folder in this one; fails if the name is anything else, a symbolic link included. */
  SourceFolder open(EntryName name) throws IOException;

  /** Opens the folder at a path below this one. */
  SourceFolder descend(TreePath below) throws IOException;

  /** Opens files of this folder one by one and hands each to the receiver. */
  void read(List<EntryName> names, Receiver receiver);

  @Override
  void close();
}
