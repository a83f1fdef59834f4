package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the kernel says about an entry, symbolic links not followed.
 *
 * @param permissions the lower 12 bits of the mode, with set-user-id, set-group-id and sticky
 * @param size in bytes; of a device its number, for it has no content
 * @param allocated bytes of storage in use: less than the size where a file has holes
 * @param born when the inode was made; zero where the file system does not keep it
 * @param links how many names the inode has
 * @param mountRoot whether it is the top of a mounted file system
 */
public record FileStatus(
    FileType type,
    int permissions,
    int owner,
    int group,
    long size,
    long allocated,
    Timestamp modified,
    Timestamp changed,
    Timestamp born,
    FileIdentity identity,
    int links,
    boolean mountRoot) {

  /**
   * Whether nothing was written to the inode, nor its metadata changed, between this and another
   * look.
   */
  public boolean sameState(FileStatus other) {
    return identity.equals(other.identity)
        && type == other.type
        && size == other.size
        && modified.equals(other.modified)
        && changed.equals(other.changed);
  }

  /** Reads the kernel's {@code struct statx}, which is alike on all processors. */
  static FileStatus of(MemorySegment statx) {
    int mode = statx.get(ValueLayout.JAVA_SHORT, 28) & 0xFFFF;
    return new FileStatus(
        FileType.ofMode(mode),
        mode & 07777,
        statx.get(ValueLayout.JAVA_INT, 20),
        statx.get(ValueLayout.JAVA_INT, 24),
        Status.size(statx, mode),
        statx.get(ValueLayout.JAVA_LONG, 48) * 512,
        time(statx, 112),
        time(statx, 96),
        time(statx, 80),
        new FileIdentity(Status.device(statx), statx.get(ValueLayout.JAVA_LONG, 32)),
        statx.get(ValueLayout.JAVA_INT, 16),
        (statx.get(ValueLayout.JAVA_LONG, 8) & Status.MOUNT_ROOT) != 0);
  }

  private static Timestamp time(MemorySegment statx, long offset) {
    return new Timestamp(
        statx.get(ValueLayout.JAVA_LONG, offset), statx.get(ValueLayout.JAVA_INT, offset + 8));
  }
}
