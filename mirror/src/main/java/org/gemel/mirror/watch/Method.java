package org.gemel.mirror.watch;

/**
 * How a tree is watched.
 *
 * @param complete whether every change made through this kernel is told, within what the kernel
 *     promises; if not, only scans find the rest
 * @param words why this way, and what is not seen, for a person
 */
public record Method(Way way, boolean complete, String words) {
  /** What the events come from. */
  public enum Way {
    /** One mark on the whole file system: costs nothing per folder, tells a rename as one event. */
    FANOTIFY,
    /** A watch on each folder: for those who are not privileged. */
    INOTIFY,
    /** No events: changes are found by scans only. */
    NONE
  }

  static Method none(String words) {
    return new Method(Way.NONE, false, words);
  }
}
