package org.gemel.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The programs of a PostgreSQL server, unpacked once into a cache folder.
 *
 * <p>The folder's name carries the archive's digest, and it appears under that name only when it is
 * complete: it is unpacked beside it and renamed. So a folder that is there is whole and of the
 * right release, whoever was killed before.
 */
public final class PostgresBinaries {
  private static final String ARCHIVE = "postgres-linux-x86_64.txz";

  /** Sorting by code points, the same on every system; only newer releases have it of their own. */
  private static final List<String> OWN_ORDER =
      List.of("--locale-provider=builtin", "--locale=C.UTF-8");

  private static final List<String> ORDER_OF_THE_SYSTEM = List.of("--locale=C.UTF-8");

  /** A file lock guards against other processes only; this guards against our own threads. */
  private static final ReentrantLock UNPACKING = new ReentrantLock();

  private final Path folder;
  private final List<String> order;

  private PostgresBinaries(Path folder, List<String> order) {
    this.folder = folder;
    this.order = order;
  }

  /**
   * Unpacks the programs below {@code cache}, unless they are there already.
   *
   * @param cache may be shared by several processes that do this at once; created if missing
   * @throws PostgresFailure on another system than Linux on x86-64
   */
  public static PostgresBinaries unpack(Path cache) throws IOException, PostgresFailure {
    return unpack(cache, PostgresBinaries::openArchive, OWN_ORDER);
  }

  /**
   * The same of any other release; how its servers sort comes from this system, for older ones have
   * nothing of their own.
   *
   * @param jar as the one on the class path; that has every release under the same name, so only
   *     one of them can lie there
   */
  public static PostgresBinaries unpack(Path cache, Path jar) throws IOException, PostgresFailure {
    return unpack(cache, () -> openArchive(jar), ORDER_OF_THE_SYSTEM);
  }

  private static PostgresBinaries unpack(Path cache, Archive archive, List<String> order)
      throws IOException, PostgresFailure {
    requireSystem(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path absolute = cache.toAbsolutePath().normalize();
    Files.createDirectories(absolute);
    Path folder = absolute.resolve("postgres-" + digest(archive));
    if (!Files.isDirectory(folder)) {
      unpackBeside(absolute, folder, archive);
    }
    return new PostgresBinaries(folder, order);
  }

  /**
   * Programs that are on this machine already, of any release; how its servers sort comes from this
   * system, for older ones have nothing of their own.
   *
   * @param folder has them in its folder {@code bin}
   */
  public static PostgresBinaries installed(Path folder) {
    return new PostgresBinaries(folder.toAbsolutePath(), ORDER_OF_THE_SYSTEM);
  }

  /** The program of that name, such as {@code postgres} or {@code initdb}. */
  public Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** What {@code initdb} is told of how a new server sorts and compares. */
  List<String> order() {
    return order;
  }

  static void requireSystem(String system, String processor) throws PostgresFailure {
    if (!system.equals("Linux") || !processor.equals("amd64")) {
      throw new PostgresFailure(
          system + " on " + processor,
          "Linux on amd64, the only system this PostgreSQL is packed for",
          "run there, or point Gemel at PostgreSQL servers of your own");
    }
  }

  /** Read twice: for its digest, and to be unpacked. */
  private interface Archive {
    InputStream open() throws IOException;
  }

  private static void unpackBeside(Path cache, Path folder, Archive archive) throws IOException {
    UNPACKING.lock();
    try (FileChannel channel =
        FileChannel.open(
            cache.resolve("unpacking.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock(); // let go of when the channel closes
      if (Files.isDirectory(folder)) {
        return; // another process was faster
      }
      // Only the holder of the lock unpacks, so what lies here was left by one who was killed.
      Path beside = cache.resolve(folder.getFileName() + ".unpacking");
      FolderTree.delete(beside);
      try (InputStream packed = archive.open()) {
        TarXz.extract(packed, beside);
      }
      Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      UNPACKING.unlock();
    }
  }

  private static String digest(Archive archive) throws IOException {
    try (InputStream packed = archive.open();
        DigestInputStream digested =
            new DigestInputStream(packed, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      byte[] digest = digested.getMessageDigest().digest();
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static InputStream openArchive() {
    InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + ARCHIVE);
    if (archive == null) {
      throw new UncheckedIOException(
          new IOException("the archive " + ARCHIVE + " is missing on the class path"));
    }
    return archive;
  }

  private static InputStream openArchive(Path jar) throws IOException {
    ZipInputStream entries = new ZipInputStream(Files.newInputStream(jar));
    ZipEntry entry = entries.getNextEntry();
    while (entry != null && !entry.getName().equals(ARCHIVE)) {
      entry = entries.getNextEntry();
    }
    if (entry == null) {
      entries.close();
      throw new IOException("the archive " + ARCHIVE + " is missing in " + jar);
    }
    return entries;
  }
}
