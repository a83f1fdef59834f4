package org.gemel.mirror;

import java.util.List;
import java.util.Optional;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.watch.ChangeFeed;
import org.gemel.mirror.watch.Method;
import org.gemel.mirror.watch.WatchRequest;

/** Follows sources by the kernel's events. */
public final class EventFollower implements Follower {
  @Override
  public Optional<FollowSession> open(MirrorRequest request, Runnable changed) {
    try {
      Folder root = Folder.openRoot(request.source().path());
      ChangeFeed feed = ChangeFeed.open(new WatchRequest(root, List.of(), OwnNames::isTemporary));
      if (feed.method().way() == Method.Way.NONE) {
        feed.close();
        root.close();
        return Optional.empty();
      }
      return Optional.of(new EventFollowSession(request, root, feed, changed));
    } catch (SystemCallException e) {
      // No source to follow now: a pass will say why in words.
      return Optional.empty();
    }
  }
}
