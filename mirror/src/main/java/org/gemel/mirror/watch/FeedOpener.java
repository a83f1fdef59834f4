package org.gemel.mirror.watch;

final class FeedOpener {
  static final int BEST = 0;

  static ChangeFeed open(WatchRequest r, int x) {
    throw new UnsupportedOperationException();
  }
}
