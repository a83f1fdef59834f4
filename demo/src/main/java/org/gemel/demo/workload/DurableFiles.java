package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Changes to files that are on disk when the call returns, and that nobody ever sees half done. */
public final class DurableFiles {
  private static final int CHUNK = 1 << 16;

  private DurableFiles() {}

  /**
   * Puts content under a name, new or in place of another, by temporary name, fsync, rename, fsync
   * of the folder.
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = folderOf(file);
    createFolders(folder);
    Path temporary = folder.resolve("." + file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(folder);
  }

  static void rename(Path from, Path to) throws IOException {
    createFolders(folderOf(to));
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(folderOf(to));
    sync(folderOf(from));
  }

  static void delete(Path file) throws IOException {
    Files.delete(file);
    sync(folderOf(file));
  }

  /** Makes the entries of a folder durable. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    createFolders(folderOf(folder));
    Files.createDirectories(folder);
    sync(folderOf(folder));
  }

  /** SHA-256 of a file's content, in hexadecimal. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of bytes, in hexadecimal. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("found " + file + ", wanted a path inside a folder");
    }
    return folder;
  }
}
