package org.gemel.mirror.watch;

import java.util.List;
import java.util.Optional;
import org.gemel.mirror.system.FileSystemKind;
import org.gemel.mirror.system.MountTable;
import org.gemel.mirror.system.RootPlace;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.Wait;

/** Chooses how a tree is watched: the first way of those wanted that is possible here. */
final class FeedOpener {
  static final List<Method.Way> BEST = List.of(Method.Way.FANOTIFY, Method.Way.INOTIFY);

  private FeedOpener() {}

  static ChangeFeed open(WatchRequest request, List<Method.Way> ways) throws SystemCallException {
    RootPlace place = RootPlace.of(request.root());
    Wait wait = Wait.open();
    MountTable table = null;
    EventSource source = null;
    try {
      table = MountTable.open();
      source = source(request, ways);
      NestedMounts mounts = new NestedMounts(request.root(), table);
      return new PolledFeed(wait, place, table, mounts, source);
    } catch (SystemCallException e) {
      wait.close();
      if (table != null) {
        table.close();
      }
      if (source != null) {
        source.close();
      }
      throw e;
    }
  }

  private static EventSource source(WatchRequest request, List<Method.Way> ways)
      throws SystemCallException {
    Optional<String> unseen = FileSystemKind.unseen(request.root());
    if (unseen.isPresent()) {
      return new NoEvents(Method.none("scans only, the tree is on " + unseen.get()));
    }
    StringBuilder refused = new StringBuilder();
    for (Method.Way way : ways) {
      try {
        switch (way) {
          case FANOTIFY -> {
            return FanotifySource.open(request);
          }
          case INOTIFY -> {
            return InotifySource.open(request, refused.toString());
          }
          case NONE -> {}
        }
      } catch (SystemCallException e) {
        refused.append(refused.isEmpty() ? "" : "; ").append(words(way, e));
      }
    }
    return new NoEvents(Method.none("scans only" + (refused.isEmpty() ? "" : ": " + refused)));
  }

  private static String words(Method.Way way, SystemCallException e) {
    return switch (way) {
      case FANOTIFY -> "no mark on the whole file system: " + e.reason();
      case INOTIFY, NONE -> InotifyLimits.words(e);
    };
  }
}
