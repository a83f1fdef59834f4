package org.gemel.mirror;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes to the target: one implementation does, one (for dry runs) does not. Every method
 * leaves the old thing or the new one under the final name, whatever interrupts it.
 */
interface Applier {
  /**
   * Puts an empty folder in place of something that is none, and opens it.
   *
   * @return null in a dry run
   */
  @Nullable Folder replaceByFolder(@Nullable Folder parent, EntryName name) throws IOException;

  /**
   * Makes a folder that is filled before it gets its name. What is in it directly can then be
   * written in place, as nobody sees it: that spares a rename for each file.
   */
  Place stage(Place parent, TreePath path) throws IOException;

  /** Gives a staged folder its name. */
  void publish(Place parent, Place staged) throws IOException;

  /**
   * Moves a folder with all below it to a name that is free, and opens it.
   *
   * @param to null in a dry run if the folder it goes to is not there yet
   */
  Folder moveFolder(Folder from, EntryName name, @Nullable Folder to, EntryName newName)
      throws IOException;

  /**
   * Moves a file to another name. If that is taken the two are swapped.
   *
   * @return whether they were swapped
   */
  boolean moveFile(Folder from, EntryName name, @Nullable Folder to, EntryName newName)
      throws IOException;

  /** Removes a staged folder that was not published. */
  void discard(Place parent, Place staged) throws IOException;

  /**
   * Puts copies of files, in place of anything that is no folder. What fails is in the log.
   *
   * @param done told of each that is in its place
   */
  void put(FolderWork work, List<Entry> files, Consumer<Entry> done);

  /** Puts a copy of anything but a folder, in place of anything that is no folder. */
  void put(SourceFolder from, Entry entry, @Nullable Folder to) throws IOException;

  /** Puts a further name of what is already in the target at a path. */
  void putHardLink(TreePath existing, EntryName name, @Nullable Folder to) throws IOException;

  /** Gives an entry the source's metadata and keeps its content. */
  void metadata(SourceFolder from, Entry entry, @Nullable Folder to) throws IOException;

  /**
   * Makes sure a folder's entries can be changed: an ordinary user has to lift its write protection
   * for a while. The mode is given back at the end, as the place is noted as touched.
   */
  void prepare(Place place) throws IOException;

  /** Disposes of a file that another has replaced. */
  void dispose(Folder folder, EntryName name) throws IOException;

  /** Removes an unfinished copy if its pass has ended, and says whether it did. */
  boolean sweep(Folder folder, EntryName temporary) throws IOException;
}
