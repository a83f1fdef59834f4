package org.gemel.control.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.gemel.config.kept.RecoveryKey;
import org.gemel.wire.CertificateAuthority;
import org.gemel.wire.Validity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a control point: held by one process at a time, readable by its owner only. What is
 * in it is what lets this machine be the control point (authority, secret); the state of the pair
 * is in the ledger.
 */
final class StateFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
  private static final Duration TEN_YEARS = Duration.ofDays(3_650);
  private static final String INITIAL_PASSWORD = "initial-password";

  private final Path folder;
  private final FileChannel lockFile;
  private final FileLock lock;

  private StateFolder(Path folder, FileChannel lockFile, FileLock lock) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  static StateFolder open(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    // Also one that was there: it may have been made with the first file put into it.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    FileChannel lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(lockFile);
    if (lock == null) {
      lockFile.close();
      throw new IOException(
          "found another control point at work in "
              + folder
              + ", wanted to be the only one: stop it, or give this one a state folder of its own");
    }
    return new StateFolder(folder, lockFile, lock);
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel file)
      throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  /** The authority of this site; made at the first start. */
  CertificateAuthority authority(Instant now) throws IOException {
    Path here = folder.resolve("authority");
    if (CertificateAuthority.isIn(here)) {
      return CertificateAuthority.load(here);
    }
    CertificateAuthority authority =
        CertificateAuthority.create("Gemel control point", Validity.of(now, TEN_YEARS));
    authority.save(here);
    return authority;
  }

  /** What guards the ledger's documents; made at the first start. */
  String ledgerSecret() throws IOException {
    Path file = folder.resolve("ledger-secret");
    if (!Files.exists(file)) {
      writePrivately(file, randomText(32));
    }
    return Files.readString(file).strip();
  }

  /** What opens the sealed files that are kept of this control point; made at the first start. */
  RecoveryKey recoveryKey() throws IOException {
    Path file = folder.resolve("recovery-key");
    if (!Files.exists(file)) {
      writePrivately(file, RecoveryKey.create().text());
      LOG.info(
          "the recovery key is in the file recovery-key of the state folder: print it, and keep it away"
              + " from both storage systems; a replacement of this control point is set up with it");
    }
    try {
      return RecoveryKey.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  Path keeperFolder() {
    return folder.resolve("keeper");
  }

  /** Leaves the first administrator's password where only this machine's owner finds it. */
  void leaveInitialPassword(String password) throws IOException {
    writePrivately(folder.resolve(INITIAL_PASSWORD), password);
  }

  static String randomText(int bytes) {
    byte[] value = new byte[bytes];
    new SecureRandom().nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    Files.createFile(
        beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      channel.write(
          java.nio.ByteBuffer.wrap(
              (text + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(beside, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }
}
