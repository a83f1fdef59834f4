package org.gemel.mirror;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.gemel.mirror.system.AttributeForm;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.Privilege;

/**
 * The digest of a folder and all below: SHA-256 over its entries in the order of their names. What
 * is known only later, a file's content or a folder below, has its room kept in the entry's row; so
 * the threads may deliver in any order and the digest is the same. Held only while the folder is
 * worked on.
 *
 * <p>A row is: name, type, permissions, owner and group (as root), size, modification time,
 * extended attributes, a link's target, then the content's hash or the folder's digest. How many
 * names an inode has, and its number, belong to the storage and not to the tree.
 */
final class FolderDigest {
  static final int BYTES = 32;

  private final EntryTable table;
  private final int[] rooms;
  private final byte[] form;

  /**
   * @param content whether the hash of each file's content is delivered
   */
  FolderDigest(Listing listing, Folder folder, boolean content) throws IOException {
    table = listing.table();
    rooms = new int[table.size()];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * table.size() + 16);
    DataOutputStream out = new DataOutputStream(bytes);
    for (int row = 0; row < table.size(); row++) {
      Entry entry = listing.entry(row);
      if (!entry.type().isMirrored()) {
        continue;
      }
      boolean plain = table.attributeBytes(row) == 0;
      writeRow(
          out,
          entry.name().bytes(),
          entry.status(),
          plain ? ExtendedAttributes.NONE : folder.attributes(entry.name()));
      if (entry.type() == FileType.SYMBOLIC_LINK) {
        byte[] target = folder.linkTarget(entry.name());
        out.writeInt(target.length);
        out.write(target);
      }
      rooms[row] = out.size();
      if (entry.type() == FileType.FOLDER) {
        out.write(new byte[BYTES]);
      } else if (entry.type() == FileType.FILE && content) {
        out.write(new byte[ContentReading.HASH_BYTES]);
      }
    }
    form = bytes.toByteArray();
  }

  private static void writeRow(
      DataOutputStream out, byte[] name, FileStatus status, ExtendedAttributes attributes)
      throws IOException {
    FileType type = status.type();
    out.writeInt(name.length);
    out.write(name);
    out.writeByte(type == FileType.FILE ? 'f' : type == FileType.FOLDER ? 'd' : 'l');
    out.writeInt(type == FileType.SYMBOLIC_LINK ? 0 : status.permissions());
    out.writeInt(Privilege.isRoot() ? status.owner() : 0);
    out.writeInt(Privilege.isRoot() ? status.group() : 0);
    out.writeLong(type == FileType.FILE ? status.size() : 0);
    out.writeLong(status.modified().seconds());
    out.writeInt(status.modified().nanos());
    AttributeForm.write(attributes, out);
  }

  /** Delivers the hash of a file's content, or the digest of a folder. */
  synchronized void put(EntryName name, byte[] digest) {
    int row = table.find(name);
    if (row < 0) {
      throw new IllegalArgumentException("found no entry '" + name + "' in the folder's listing");
    }
    System.arraycopy(digest, 0, form, rooms[row], digest.length);
  }

  /** The digest, once all was delivered. */
  synchronized byte[] finish() {
    return sha256().digest(form);
  }

  /** The digest of a whole tree: its top's own metadata and the digest of what it holds. */
  static byte[] ofTree(FileStatus top, ExtendedAttributes attributes, byte[] digest)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write("gemel tree 1\n".getBytes(StandardCharsets.US_ASCII));
    writeRow(out, new byte[0], top, attributes);
    out.write(digest);
    return sha256().digest(bytes.toByteArray());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
