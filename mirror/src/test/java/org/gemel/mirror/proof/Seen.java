package org.gemel.mirror.proof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What one name is, as {@code java.nio.file} tells it.
 *
 * @param content a file's hash, a link's target, nothing for others
 * @param mode type and permissions; of a link the type alone
 * @param attributes the {@code user.} ones
 */
record Seen(
    String content,
    int mode,
    int owner,
    int group,
    FileTime modified,
    Map<String, String> attributes) {
  private static final int TYPE = 0170000;

  static Seen at(Path path, Map<String, Object> unix) throws IOException {
    int mode = (int) unix.get("mode");
    boolean link = (mode & TYPE) == 0120000;
    return new Seen(
        content(path, mode & TYPE),
        link ? mode & TYPE : mode,
        (int) unix.get("uid"),
        (int) unix.get("gid"),
        (FileTime) unix.get("lastModifiedTime"),
        hasAttributes(mode) ? attributes(path) : Map.of());
  }

  private static String content(Path path, int type) throws IOException {
    return switch (type) {
      case 0100000 -> hash(Files.readAllBytes(path));
      case 0120000 -> hash(RawName.bytes(Path.of("/x").resolve(Files.readSymbolicLink(path))));
      default -> "";
    };
  }

  /** Length and two sums that the virtual machine has in hardware: thousands of trees are read. */
  private static String hash(byte[] content) {
    CRC32C one = new CRC32C();
    CRC32 other = new CRC32();
    one.update(content, 0, content.length);
    other.update(content, 0, content.length);
    return content.length + "-" + Long.toHexString(one.getValue() << 32 | other.getValue());
  }

  private static Map<String, String> attributes(Path path) throws IOException {
    var view =
        Files.getFileAttributeView(
            path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    Map<String, String> values = new TreeMap<>();
    for (String name : view.list()) {
      ByteBuffer value = ByteBuffer.allocate(view.size(name));
      view.read(name, value);
      values.put(name, HexFormat.of().formatHex(value.array()));
    }
    return values;
  }

  /** To read those of a FIFO would wait for its other end. */
  private static boolean hasAttributes(int mode) {
    return (mode & TYPE) == 0100000 || (mode & TYPE) == 0040000;
  }

  boolean isFolder() {
    return (mode & TYPE) == 0040000;
  }

  boolean isFile() {
    return (mode & TYPE) == 0100000;
  }

  /** FIFOs, sockets and devices are bound to their machine. */
  boolean isMirrored() {
    return isFolder() || isFile() || (mode & TYPE) == 0120000;
  }

  /** Whether both are of one type and hold the same. */
  boolean holdsSame(Seen other) {
    return (mode & TYPE) == (other.mode & TYPE) && content.equals(other.content);
  }
}
