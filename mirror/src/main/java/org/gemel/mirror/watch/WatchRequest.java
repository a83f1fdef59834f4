package org.gemel.mirror.watch;

import java.util.List;
import java.util.function.Predicate;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;

/**
 * What is to be watched.
 *
 * @param root held open by the caller, for longer than the feed
 * @param ignored trees of which nothing is told, the mirror's own target first of all; held open
 *     likewise
 * @param temporary names of unfinished copies: nothing is told of them or of what is below them,
 *     until they get another name
 */
public record WatchRequest(Folder root, List<Folder> ignored, Predicate<EntryName> temporary) {
  public WatchRequest {
    ignored = List.copyOf(ignored);
  }
}
