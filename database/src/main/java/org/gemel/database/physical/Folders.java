package org.gemel.database.physical;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Folders of a server, moved, copied and removed so that a power cut leaves one state or the other.
 */
final class Folders {
  private Folders() {}

  /** With all that is in it; links are removed, not followed. */
  static void remove(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
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
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** With all that is in it, its owners and its rights; links stay links. */
  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return copied(folder);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return copied(file);
          }

          private FileVisitResult copied(Path each) throws IOException {
            Path target = to.resolve(from.relativize(each));
            Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            own(each, target);
            if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
              sync(target);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** A new file that belongs to whom its folder does; a link in its place is not followed. */
  static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Path folder = file.getParent();
    if (folder != null) {
      own(folder, file);
    }
  }

  private static void own(Path as, Path path) throws IOException {
    for (String owner : new String[] {"unix:gid", "unix:uid"}) {
      Object wanted = Files.getAttribute(as, owner, LinkOption.NOFOLLOW_LINKS);
      if (!wanted.equals(Files.getAttribute(path, owner, LinkOption.NOFOLLOW_LINKS))) {
        Files.setAttribute(path, owner, wanted, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** On disk when it returns. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Path parent = to.getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
