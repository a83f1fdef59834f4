package org.gemel.mirror;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pair of folders that is worked on, held open until everything in and below it is done. Then,
 * and not before, its own metadata is set: every change of an entry moves its folder's time, and
 * its final mode may forbid reaching those below.
 */
final class FolderWork {
  private final @Nullable FolderWork parent;
  private final SourceFolder source;
  private final Place place;
  private final FolderFinisher finisher;
  private final AtomicInteger left = new AtomicInteger(1);
  private final AtomicInteger content = new AtomicInteger(1);
  private volatile @Nullable Finish wanted;
  private volatile @Nullable Runnable whenFilled;

  /** A folder where a walk begins; closed by whoever opened it. */
  FolderWork(SourceFolder source, Place place, FolderFinisher finisher) {
    this(null, source, place, finisher);
  }

  /** A folder met on the way, closed when it is done. */
  FolderWork(
      @Nullable FolderWork parent, SourceFolder source, Place place, FolderFinisher finisher) {
    this.parent = parent;
    this.source = source;
    this.place = place;
    this.finisher = finisher;
  }

  SourceFolder source() {
    return source;
  }

  Place place() {
    return place;
  }

  /** Notes what the target's folder is to be in the end. */
  void want(Finish finish) {
    wanted = finish;
  }

  /** What follows once all that is directly in the folder is there. */
  void whenFilled(Runnable next) {
    whenFilled = next;
  }

  /** One more piece of what is directly in the folder is on its way. */
  void retainContent() {
    retain();
    content.incrementAndGet();
  }

  /** One piece less. */
  void releaseContent() {
    try {
      if (content.decrementAndGet() == 0) {
        filled();
      }
    } finally {
      release();
    }
  }

  /** What follows holds the folders below, which are done long before the last of them is. */
  private void filled() {
    Runnable next = whenFilled;
    whenFilled = null;
    if (next != null) {
      next.run();
    }
  }

  /** One more thing has to be done before the folder is. */
  void retain() {
    left.incrementAndGet();
  }

  /** One thing less. */
  void release() {
    @Nullable FolderWork at = this;
    while (at != null && at.left.decrementAndGet() == 0) {
      at.end();
      at = at.parent;
    }
  }

  private void end() {
    Finish finish = wanted;
    wanted = null;
    if (parent != null && place.staged() != null) {
      finisher.discard(parent.place, place);
    } else if (finish != null) {
      finisher.finish(place, finish);
    }
    if (parent != null) {
      source.close();
      place.close();
    }
  }
}
