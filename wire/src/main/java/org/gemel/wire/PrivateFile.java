package org.gemel.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that only its owner may read, and that is there whole or not at all.
 *
 * <p>It is written beside under a name of its own, with mode 0600 from its first moment, forced to
 * the disk and only then given its final name; the folder is forced last, so that the name outlives
 * a power cut too.
 */
final class PrivateFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private PrivateFile() {}

  /** Puts the text in place of whatever the file held. */
  static void replace(Path file, String text) throws IOException {
    Path folder = folder(file);
    Path beside = beside(folder, text);
    try {
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      force(folder);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /**
   * Never replaces anything: of two who create at once, one is refused.
   *
   * @throws java.nio.file.FileAlreadyExistsException where the file stands already
   */
  static void create(Path file, String text) throws IOException {
    Path folder = folder(file);
    Path beside = beside(folder, text);
    try {
      Files.createLink(file, beside);
    } finally {
      Files.deleteIfExists(beside);
    }
    force(folder);
  }

  /**
   * Reads the whole file.
   *
   * @throws IOException also where others than the owner may read or write the file
   */
  static String read(Path file) throws IOException {
    Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    others.removeAll(
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
    if (!others.isEmpty()) {
      throw new IOException(
          "found the private key in %s open to others (%s), wanted mode 0600: make sure nobody has copied it, then chmod 600 it"
              .formatted(file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file))));
    }
    return Files.readString(file);
  }

  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("found " + file + ", wanted a file in a folder");
    }
    Files.createDirectories(folder);
    return folder;
  }

  private static Path beside(Path folder, String text) throws IOException {
    Path beside =
        Files.createTempFile(
            folder, ".new-", ".pem", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
    return beside;
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
