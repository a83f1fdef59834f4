package org.gemel.mirror.watch;

import java.time.Duration;
import java.util.List;
import org.gemel.mirror.system.SystemCallException;

/**
 * Tells where in a tree to look again. Open it first and scan after: what changes from then on is
 * told. One thread awaits; another may close.
 *
 * <p>Between an event and the look that follows it, folders go on being renamed. Who keeps these
 * rules misses nothing:
 *
 * <ul>
 *   <li>Do the believed renames of an await() first, then look at the other places, all of them
 *       before the next await(). Who keeps a hint longer moves it along with the renames.
 *   <li>On the way to a place compare each folder with the one that is known there, by its lasting
 *       identity. Look at the uppermost that is new or another one as a whole instead.
 *   <li>If a folder on the way is gone, do nothing: what became of it is told, and what was told of
 *       places in it is told again where it is now.
 *   <li>A folder that moved while it was being read is not known: believe no rename of it.
 *   <li>A rename to a place where that very inode is known already needs nothing.
 *   <li>A change of a file with several names is told for the name it was made by: look at its
 *       other names too.
 * </ul>
 *
 * <p>The kernel keeps events in memory until they are read: await also while nothing is mirrored.
 */
public interface ChangeFeed extends AutoCloseable {
  /**
   * Waits until something came, patience ended or the feed is closed, then returns all that has
   * come: renames first, each place once. Nothing if nothing came, and always after closing.
   */
  List<Hint> await(Duration patience);

  /** How the tree is watched now; may become less while it is. */
  Method method();

  /** Ends the feed and whoever awaits it, from any thread. */
  @Override
  void close();

  /**
   * Watches a tree in the best way this process may: the whole file system, folder by folder, or
   * not at all. Never fails for want of rights: {@link #method()} says what it came to.
   */
  static ChangeFeed open(WatchRequest request) throws SystemCallException {
    return FeedOpener.open(request, FeedOpener.BEST);
  }
}
