package org.gemel.mirror.remote;

import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about one name in a folder, symbolic links not followed.
 *
 * @param size in bytes; negative if it does not say
 * @param modified as exact as the protocol has it; null if it does not say
 * @param permissions the lower 12 bits of the mode; negative if it does not say
 */
public record RemoteEntry(
    EntryName name, FileType type, long size, @Nullable Timestamp modified, int permissions)
    implements Comparable<RemoteEntry> {
  /** What is not known is negative. */
  public static final int UNKNOWN = -1;

  public RemoteEntry named(EntryName other) {
    return new RemoteEntry(other, type, size, modified, permissions);
  }

  @Override
  public int compareTo(RemoteEntry other) {
    return name.compareTo(other.name);
  }
}
