package org.gemel.mirror.proof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Whatever people and programs do to a tree, drawn at random. One name at the top, {@link #STAYS},
 * is never touched, so that the tree is never empty. Deeds that cannot be done fail, as they do in
 * life.
 */
final class RandomDeeds {
  static final String STAYS = "stays";

  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "c",
          "with space",
          "ends in space ",
          "line\nbreak",
          "no\u00ff\u00fetext",
          "-rf",
          "\u00c3\u00bc",
          "*?[x]",
          "k".repeat(255),
          ".hidden");
  private static final int LARGEST = 300_000;

  private interface Deed {
    void on(Path path) throws IOException;
  }

  private final List<Deed> deeds =
      List.of(
          this::makeFolder,
          this::makeFolder,
          this::makeDeepFolders,
          this::write,
          this::write,
          this::write,
          this::rewriteInPlace,
          this::append,
          this::append,
          this::truncate,
          this::makeSparse,
          this::replaceWhole,
          this::rename,
          this::rename,
          this::swap,
          this::swap,
          this::renameInACycle,
          this::linkSymbolically,
          this::linkHard,
          this::linkHard,
          this::delete,
          this::delete,
          this::turnIntoFolder,
          this::turnIntoFile,
          this::setMode,
          this::setTime,
          this::setAttribute,
          this::makeFifo);

  private final Path root;
  private final Random random;

  RandomDeeds(Path root, Random random) throws IOException {
    this.root = root;
    this.random = random;
    Files.writeString(root.resolve(STAYS), STAYS);
  }

  /** Does one thing, if it can be done. */
  synchronized void one() {
    try {
      deeds.get(random.nextInt(deeds.size())).on(anyPath());
    } catch (IOException e) {
      // Not possible here and now.
    }
  }

  /** A name up to four folders deep; the folders mostly exist. */
  private Path anyPath() throws IOException {
    Path at = root;
    for (int depth = random.nextInt(4); depth > 0; depth--) {
      Path below = RawName.in(at, NAMES.get(random.nextInt(NAMES.size())));
      if (Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS)) {
        at = below;
      }
    }
    return RawName.in(at, NAMES.get(random.nextInt(NAMES.size())));
  }

  private byte[] bytes() {
    byte[] bytes =
        new byte[random.nextInt(10) == 0 ? random.nextInt(LARGEST) : random.nextInt(500)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void makeFolder(Path path) throws IOException {
    Files.createDirectory(path);
  }

  private void makeDeepFolders(Path path) throws IOException {
    Path at = path;
    for (int depth = random.nextInt(20); depth > 0; depth--) {
      at = at.resolve("deep");
    }
    Files.createDirectories(at);
    Files.writeString(at.resolve("end"), "end");
  }

  private void write(Path path) throws IOException {
    // Never through a link: it may lead anywhere.
    if (!Files.isSymbolicLink(path) && notFifo(path)) {
      Files.write(path, bytes());
    }
  }

  private void rewriteInPlace(Path path) throws IOException {
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = new byte[(int) Files.size(path)];
      random.nextBytes(bytes);
      Files.write(path, bytes, StandardOpenOption.WRITE);
    }
  }

  private void append(Path path) throws IOException {
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.write(path, bytes(), StandardOpenOption.APPEND);
    }
  }

  private void truncate(Path path) throws IOException {
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.truncate(file.size() / 2);
      }
    }
  }

  private void makeSparse(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      file.write(ByteBuffer.wrap(bytes()), random.nextInt(LARGEST));
    }
  }

  private void replaceWhole(Path path) throws IOException {
    Path beside = path.resolveSibling("beside");
    Files.write(beside, bytes());
    Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private void rename(Path path) throws IOException {
    Files.move(path, anyPath(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void swap(Path path) throws IOException {
    Libc.exchange(path, anyPath());
  }

  private void renameInACycle(Path one) throws IOException {
    Path two = anyPath();
    Path three = anyPath();
    Path aside = root.resolve("aside");
    Files.move(one, aside, StandardCopyOption.ATOMIC_MOVE);
    Files.move(two, one, StandardCopyOption.ATOMIC_MOVE);
    Files.move(three, two, StandardCopyOption.ATOMIC_MOVE);
    Files.move(aside, three, StandardCopyOption.ATOMIC_MOVE);
  }

  private void linkSymbolically(Path path) throws IOException {
    List<Path> targets =
        List.of(
            anyPath(),
            RawName.in(path, "no\u00fftext").getFileName(),
            Path.of(".."),
            Path.of("/x"));
    Files.createSymbolicLink(path, targets.get(random.nextInt(targets.size())));
  }

  private void linkHard(Path path) throws IOException {
    Path existing = anyPath();
    if (Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
      Files.createLink(path, existing);
    }
  }

  private void delete(Path path) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void turnIntoFolder(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
      Files.createDirectory(path);
      Files.write(RawName.in(path, NAMES.get(random.nextInt(NAMES.size()))), bytes());
    }
  }

  private void turnIntoFile(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      delete(path);
      Files.write(path, bytes());
    }
  }

  /** Never takes away the owner's rights: an ordinary user must still be able to mirror it. */
  private void setMode(Path path) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      Files.setAttribute(path, "unix:mode", 0700 | random.nextInt(01000));
    }
  }

  private void setTime(Path path) throws IOException {
    if (!Files.isSymbolicLink(path) && !notFifo(path)) {
      return;
    }
    Instant time = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(time), null, null);
  }

  private void setAttribute(Path path) throws IOException {
    if (!Files.isSymbolicLink(path) && notFifo(path)) {
      Files.getFileAttributeView(
              path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .write("note" + random.nextInt(3), ByteBuffer.wrap(new byte[] {(byte) random.nextInt()}));
    }
  }

  private void makeFifo(Path path) {
    Libc.makeFifo(path);
  }

  /** Opening a FIFO waits for its other end. */
  private static boolean notFifo(Path path) {
    return !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
