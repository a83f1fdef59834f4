package org.gemel.mirror.watch;

import java.time.Duration;
import java.util.List;
import org.gemel.mirror.system.SystemCallException;

/**
 * Tells where in a tree to look again. Open it first and scan after: what changes from then on is
 * told. One thread awaits; another may close.
 *
 * <p>A hint that leads into a folder which is gone when it is looked at is settled by the next
 * await(): if the folder was renamed, hints of the two awaits before that lead into it are told
 * again with its new path. Who keeps hints longer moves them along with each {@link Hint.Renamed}.
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
