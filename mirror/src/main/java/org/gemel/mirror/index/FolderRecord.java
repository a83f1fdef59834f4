package org.gemel.mirror.index;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;

/**
 * A folder of the source, the folder of the target that was made equal to it, and what they held
 * then.
 *
 * @param path where both were below their roots
 * @param targetModified the target folder's own times once it was finished: while they stay, no
 *     entry of it was made, removed or renamed
 * @param table the source's entries
 */
public record FolderRecord(
    FileIdentity source,
    FileIdentity target,
    Timestamp targetModified,
    Timestamp targetChanged,
    TreePath path,
    EntryTable table) {
  /** What is remembered when a folder has been made equal. */
  public static FolderRecord of(
      FileStatus source, FileStatus target, TreePath path, EntryTable table) {
    return new FolderRecord(
        source.identity(), target.identity(), target.modified(), target.changed(), path, table);
  }

  /** Whether a folder of the target is the one remembered, and nobody has touched it since. */
  public boolean isUntouched(FileStatus now) {
    return target.equals(now.identity())
        && targetModified.equals(now.modified())
        && targetChanged.equals(now.changed());
  }

  byte[] bytes() {
    List<EntryName> names = path.names();
    int pathBytes = names.stream().mapToInt(name -> 4 + name.bytes().length).sum();
    byte[] packed = table.packed();
    ByteBuffer out = ByteBuffer.allocate(4 * 8 + 2 * 12 + 4 + pathBytes + packed.length);
    put(out, source);
    put(out, target);
    put(out, targetModified);
    put(out, targetChanged);
    out.putInt(names.size());
    for (EntryName name : names) {
      out.putInt(name.bytes().length).put(name.bytes());
    }
    return out.put(packed).array();
  }

  /**
   * Reads what {@link #bytes()} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static FolderRecord of(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      FileIdentity source = identity(in);
      FileIdentity target = identity(in);
      Timestamp modified = time(in);
      Timestamp changed = time(in);
      TreePath path = TreePath.ROOT;
      for (int depth = in.getInt(); depth > 0; depth--) {
        byte[] name = new byte[in.getInt()];
        in.get(name);
        path = path.child(EntryName.of(name));
      }
      byte[] packed = new byte[in.remaining()];
      in.get(packed);
      return new FolderRecord(source, target, modified, changed, path, EntryTable.ofPacked(packed));
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("found a folder's record cut off", e);
    }
  }

  /** The inode number of the source's folder, which a record begins with. */
  static long inode(ByteBuffer record, int at) {
    return record.getLong(at + 8);
  }

  private static void put(ByteBuffer out, FileIdentity identity) {
    out.putLong(identity.device()).putLong(identity.inode());
  }

  private static void put(ByteBuffer out, Timestamp time) {
    out.putLong(time.seconds()).putInt(time.nanos());
  }

  private static FileIdentity identity(ByteBuffer in) {
    return new FileIdentity(in.getLong(), in.getLong());
  }

  private static Timestamp time(ByteBuffer in) {
    return new Timestamp(in.getLong(), in.getInt());
  }
}
