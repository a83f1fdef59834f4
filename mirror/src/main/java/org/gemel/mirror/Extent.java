package org.gemel.mirror;

import org.gemel.mirror.system.FileType;

/**
 * How much of a tree something is.
 *
 * @param entries files, links and folders
 * @param files regular files among them
 * @param bytes the files' sizes together
 */
record Extent(long entries, long files, long bytes) {
  static final Extent NOTHING = new Extent(0, 0, 0);

  /** One entry without what is below it. */
  static Extent of(Entry entry) {
    boolean file = entry.type() == FileType.FILE;
    return new Extent(1, file ? 1 : 0, file ? entry.status().size() : 0);
  }

  static Extent of(Listing listing) {
    long files = 0;
    long bytes = 0;
    for (int row = 0; row < listing.size(); row++) {
      if (listing.table().type(row) == FileType.FILE) {
        files++;
        bytes += listing.table().bytes(row);
      }
    }
    return new Extent(listing.size(), files, bytes);
  }

  Extent plus(Extent more) {
    return new Extent(entries + more.entries, files + more.files, bytes + more.bytes);
  }

  /** The larger of each. */
  Extent atLeast(Extent other) {
    return new Extent(
        Math.max(entries, other.entries),
        Math.max(files, other.files),
        Math.max(bytes, other.bytes));
  }

  Extent minus(Extent less) {
    return new Extent(entries - less.entries, files - less.files, bytes - less.bytes);
  }
}
