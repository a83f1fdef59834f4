package org.gemel.mirror.index;

import java.util.Arrays;

/** Where in a file the record of each inode begins; two numbers a folder, no object. */
final class InodeOffsets {
  private static final long FREE = -1;

  private long[] inodes = new long[1024];
  private long[] offsets = new long[1024];
  private int size;

  InodeOffsets() {
    Arrays.fill(offsets, FREE);
  }

  /** The offset of an inode's record; negative if there is none. */
  long get(long inode) {
    return offsets[slot(inode)];
  }

  /** Notes an offset and returns the one before; negative if there was none. */
  long put(long inode, long offset) {
    if (2 * size >= inodes.length) {
      grow();
    }
    int slot = slot(inode);
    long before = offsets[slot];
    if (before == FREE) {
      size++;
    }
    inodes[slot] = inode;
    offsets[slot] = offset;
    return before;
  }

  int size() {
    return size;
  }

  private int slot(long inode) {
    int mask = inodes.length - 1;
    int slot = (int) ((inode * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (offsets[slot] != FREE && inodes[slot] != inode) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldInodes = inodes;
    long[] oldOffsets = offsets;
    inodes = new long[oldInodes.length * 2];
    offsets = new long[oldInodes.length * 2];
    Arrays.fill(offsets, FREE);
    for (int i = 0; i < oldInodes.length; i++) {
      if (oldOffsets[i] != FREE) {
        int slot = slot(oldInodes[i]);
        inodes[slot] = oldInodes[i];
        offsets[slot] = oldOffsets[i];
      }
    }
  }
}
