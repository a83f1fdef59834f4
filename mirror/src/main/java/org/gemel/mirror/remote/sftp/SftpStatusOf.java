package org.gemel.mirror.remote.sftp;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.sshd.sftp.client.SftpClient.Attribute;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Timestamp;
import org.jspecify.annotations.Nullable;

/** Reads what a server says about an entry. */
final class SftpStatusOf {
  private SftpStatusOf() {}

  /** Null if the server does not even say what it is. */
  static @Nullable RemoteEntry entry(EntryName name, Attributes found) {
    if (!found.getFlags().contains(Attribute.Perms)) {
      return null;
    }
    int mode = found.getPermissions();
    FileType type = type(mode);
    if (type == null) {
      return null;
    }
    long size = found.getFlags().contains(Attribute.Size) ? found.getSize() : RemoteEntry.UNKNOWN;
    return new RemoteEntry(name, type, size, time(found.getModifyTime()), mode & 07777);
  }

  private static @Nullable Timestamp time(@Nullable FileTime found) {
    if (found == null) {
      return null;
    }
    Instant instant = found.toInstant();
    return new Timestamp(instant.getEpochSecond(), instant.getNano());
  }

  private static @Nullable FileType type(int mode) {
    return switch (mode >> 12) {
      case 1 -> FileType.FIFO;
      case 2 -> FileType.CHARACTER_DEVICE;
      case 4 -> FileType.FOLDER;
      case 6 -> FileType.BLOCK_DEVICE;
      case 8 -> FileType.FILE;
      case 10 -> FileType.SYMBOLIC_LINK;
      case 12 -> FileType.SOCKET;
      default -> null;
    };
  }
}
