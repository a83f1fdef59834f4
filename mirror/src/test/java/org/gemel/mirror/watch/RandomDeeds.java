package org.gemel.mirror.watch;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Does at random what can be done to a tree, as fast as it goes; what is not possible is not. */
final class RandomDeeds {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

  private final Path tree;
  private final Path outside;
  private final Random random;

  RandomDeeds(Path tree, Path outside, Random random) {
    this.tree = tree;
    this.outside = outside;
    this.random = random;
  }

  void run(int number) {
    for (int i = 0; i < number; i++) {
      try {
        one();
      } catch (FileSystemException notPossible) {
        // Half of what chance proposes is not: a file as a folder, a folder into itself.
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void one() throws IOException {
    Path one = path(tree);
    Path other = path(tree);
    switch (random.nextInt(16)) {
      case 0, 1 -> Files.createDirectories(one);
      case 2, 3, 4 -> write(one, "x".repeat(random.nextInt(99)), StandardOpenOption.CREATE);
      case 5 -> write(one, "more", StandardOpenOption.APPEND);
      case 6, 7, 8, 9 -> Files.move(one, other, StandardCopyOption.ATOMIC_MOVE);
      case 10 -> Files.move(one, path(outside), StandardCopyOption.ATOMIC_MOVE);
      case 11 -> Files.move(path(outside), one, StandardCopyOption.ATOMIC_MOVE);
      case 12 -> Files.delete(one);
      case 13 -> removeAll(one);
      case 14 -> {
        Files.createDirectories(one.resolve("n/m"));
        Files.writeString(one.resolve("n/m/f"), "new");
      }
      default -> {
        if (random.nextBoolean()) {
          Files.createLink(one, other);
        } else {
          requireOneName(one);
          String mode = random.nextBoolean() ? "rwx------" : "rwxr-xr-x";
          Files.setPosixFilePermissions(one, PosixFilePermissions.fromString(mode));
        }
      }
    }
  }

  private static void write(Path file, String text, StandardOpenOption how) throws IOException {
    requireOneName(file);
    Files.writeString(file, text, StandardOpenOption.WRITE, how);
  }

  /** A change by one of several names, removed before anybody looks, is told for that name only. */
  private static void requireOneName(Path file) throws IOException {
    if (Files.isRegularFile(file) && !Files.getAttribute(file, "unix:nlink").equals(1)) {
      throw new FileSystemException(file + " has several names");
    }
  }

  private static void removeAll(Path top) throws IOException {
    if (!Files.isDirectory(top)) {
      return;
    }
    try (var walk = Files.walk(top)) {
      for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (DirectoryNotEmptyException stillUsed) {
      // Nobody else is at work here.
      throw new AssertionError(stillUsed);
    }
  }

  private Path path(Path top) {
    Path path = top;
    for (int depth = random.nextInt(4); depth >= 0; depth--) {
      path = path.resolve(NAMES.get(random.nextInt(NAMES.size())));
    }
    return path;
  }
}
