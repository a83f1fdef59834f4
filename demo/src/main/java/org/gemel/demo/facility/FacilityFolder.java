package org.gemel.demo.facility;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes and deletes folders for facilities; touches none that holds anything else. */
final class FacilityFolder {
  static final String MARKER = ".gemel-demo";

  private FacilityFolder() {}

  static Path take(Path dir, Instant now) throws IOException {
    Files.createDirectories(dir);
    Path folder = dir.toRealPath();
    if (Files.exists(folder.resolve(MARKER))) {
      return folder;
    }
    try (var content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new IOException(
            "found "
                + folder
                + " holding files of another kind (no "
                + MARKER
                + " in it), wanted an empty or new folder: name another with --dir");
      }
    }
    Files.writeString(
        folder.resolve(MARKER), org.gemel.demo.FlatYaml.render(Map.of("made", now.toString())));
    return folder;
  }

  static Path demand(Path dir) throws IOException {
    if (!Files.exists(dir.resolve(MARKER)) || !Files.exists(dir.resolve("state.yaml"))) {
      throw new IOException(
          "found no demo facility in "
              + dir.toAbsolutePath()
              + ", wanted one: name its folder with --dir");
    }
    return dir.toRealPath();
  }

  /** The marker goes last, so that a delete that was cut off can be repeated. */
  static void delete(Path dir) throws IOException {
    if (!Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path folder = dir.toRealPath();
    Path marker = folder.resolve(MARKER);
    if (!Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          "refused to delete "
              + folder
              + ": found no "
              + MARKER
              + " in it, so the demo did not make it; wanted a facility's folder: name one with --dir");
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(marker)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!inner.equals(folder)) {
              Files.delete(inner);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Files.delete(marker);
    Files.delete(folder);
  }
}
