package org.gemel.mirror.watch;

import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileHandle;
import org.jspecify.annotations.Nullable;

/**
 * One event of the kernel's queue: several deeds of one process to one name may have been merged.
 *
 * @param end where it happened, for a rename where it began; null if only the inode is known
 * @param toEnd for a rename where it ended
 * @param object the inode it happened to, a folder's own events excepted
 */
record FanotifyEvent(
    long mask, @Nullable End end, @Nullable End toEnd, @Nullable FileHandle object) {
  static final long MODIFY = 0x2;
  static final long ATTRIBUTES = 0x4;
  static final long CLOSED_AFTER_WRITING = 0x8;
  static final long CREATE = 0x100;
  static final long DELETE = 0x200;
  static final long OVERFLOW = 0x4000;
  static final long RENAME = 0x10000000;
  static final long ON_FOLDER = 0x40000000;

  /**
   * A name of a folder.
   *
   * @param name null for the folder itself
   */
  record End(FileHandle folder, @Nullable EntryName name) {}

  boolean has(long flag) {
    return (mask & flag) != 0;
  }
}
