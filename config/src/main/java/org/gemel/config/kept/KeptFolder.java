package org.gemel.config.kept;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The folder of a volume that holds the archives, one a machine.
 *
 * <p>Clients may write to the volume, so the folder is opened without following a link, everything
 * in it is reached from there, and it must be its owner's alone: whoever could put an archive there
 * could put any file on the machine that is set up from it.
 */
public final class KeptFolder {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final String ENDING = ".zip";

  private final Path folder;

  public KeptFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder's path. */
  public Path path() {
    return folder;
  }

  /** Makes the folder if it is not there. */
  public void make() throws IOException {
    try {
      Files.createDirectory(folder, OWNER_ONLY_FOLDER);
    } catch (FileAlreadyExistsException there) {
      // As it mostly is.
    }
  }

  /**
   * Puts an archive in the place of the machine's older one; the folder is made if it is not there.
   * When this comes back it is on the disk.
   */
  public void put(String machine, byte[] archive) throws IOException {
    make();
    var name = Path.of(fileName(machine));
    var beside = Path.of("." + name + ".gemel-new");
    try (var opened = open()) {
      deleteIfThere(opened, beside);
      try (var channel =
          opened.newByteChannel(
              beside,
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              OWNER_ONLY)) {
        var bytes = ByteBuffer.wrap(archive);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        if (channel instanceof FileChannel file) {
          file.force(true);
        }
      }
      opened.move(beside, opened, name);
    }
    try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Gives the archive of a machine another name, {@code MACHINE.before-1} or the next free one. */
  void setAside(String machine) throws IOException {
    try (var opened = open()) {
      var there = digestsIn(opened).keySet();
      int number = 1;
      while (there.contains(machine + ".before-" + number)) {
        number++;
      }
      opened.move(
          Path.of(fileName(machine)), opened, Path.of(fileName(machine + ".before-" + number)));
    }
  }

  /**
   * Every machine that is kept here, with its archive's digest; none where there is no folder.
   *
   * @throws IOException in words, if the folder is not safe or cannot be read
   */
  public SortedMap<String, String> digests() throws IOException {
    try (var opened = open()) {
      return digestsIn(opened);
    } catch (NoSuchFileException none) {
      return new TreeMap<>();
    }
  }

  private static SortedMap<String, String> digestsIn(SecureDirectoryStream<Path> opened) {
    SortedMap<String, String> found = new TreeMap<>();
    for (var each : opened) {
      var name = each.getFileName().toString();
      if (name.endsWith(ENDING)) {
        var machine = name.substring(0, name.length() - ENDING.length());
        if (KeptMachine.isName(machine)) {
          digest(opened, machine).ifPresent(digest -> found.put(machine, digest));
        }
      }
    }
    return found;
  }

  /** Empty for what is no archive: it is as good as not there, and is replaced. */
  private static Optional<String> digest(SecureDirectoryStream<Path> opened, String machine) {
    try {
      return Optional.of(KeptArchive.digest(read(opened, machine)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * The archive of a machine.
   *
   * @throws IOException in words, if it is not there, not safe or larger than an archive is
   */
  public byte[] read(String machine) throws IOException {
    try (var opened = open()) {
      return read(opened, machine);
    } catch (NoSuchFileException missing) {
      throw new IOException(
          "found nothing kept of '%s' in %s, wanted %s: run `gemel config retrieve --from %s` to see what is there"
              .formatted(machine, folder, fileName(machine), folder),
          missing);
    }
  }

  private static byte[] read(SecureDirectoryStream<Path> opened, String machine)
      throws IOException {
    try (SeekableByteChannel channel =
        opened.newByteChannel(
            Path.of(fileName(machine)),
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      var bytes = Channels.newInputStream(channel).readNBytes(KeptArchive.LARGEST_ARCHIVE + 1);
      if (bytes.length > KeptArchive.LARGEST_ARCHIVE) {
        throw KeptArchive.damaged(fileName(machine), "more bytes than an archive has");
      }
      return bytes;
    }
  }

  private static String fileName(String machine) throws IOException {
    if (!KeptMachine.isName(machine)) {
      throw new IOException(
          "found '" + machine + "', wanted a machine's name: letters, digits, dots, dashes");
    }
    return machine + ENDING;
  }

  private SecureDirectoryStream<Path> open() throws IOException {
    var whole = folder.toAbsolutePath().normalize();
    var parent = whole.getParent();
    if (parent == null) {
      throw new IOException("found '" + folder + "', wanted a folder inside a volume");
    }
    try (var stream = Files.newDirectoryStream(parent)) {
      var opened =
          secure(stream, parent).newDirectoryStream(whole.getFileName(), LinkOption.NOFOLLOW_LINKS);
      try {
        requireOwnersAlone(opened);
        return opened;
      } catch (IOException | RuntimeException e) {
        opened.close();
        throw e;
      }
    } catch (java.nio.file.FileSystemException e) {
      if (Files.isSymbolicLink(whole)) {
        throw new IOException(
            "found a symbolic link at " + whole + ", wanted a folder: somebody put it there", e);
      }
      throw e;
    }
  }

  private void requireOwnersAlone(SecureDirectoryStream<Path> opened) throws IOException {
    var found = opened.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
    var others = PosixFilePermissions.fromString("rwx------");
    var allowed = found.permissions().stream().allMatch(others::contains);
    var owner = found.owner().getName();
    if (!allowed || !(owner.equals("root") || owner.equals(System.getProperty("user.name")))) {
      throw new IOException(
          "found %s of %s open to others (%s), wanted mode 0700 of root or of whoever runs this: see who changed what is in it, then chown and chmod it"
              .formatted(folder, owner, PosixFilePermissions.toString(found.permissions())));
    }
  }

  private static SecureDirectoryStream<Path> secure(
      java.nio.file.DirectoryStream<Path> stream, Path of) throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new IOException("found " + of + " on a system without openat, wanted Linux");
  }

  private static void deleteIfThere(SecureDirectoryStream<Path> opened, Path name)
      throws IOException {
    try {
      opened.deleteFile(name);
    } catch (NoSuchFileException none) {
      // As it mostly is.
    }
  }
}
