package org.gemel.demo.proof;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gemel.core.Side;
import org.gemel.demo.workload.DurableFiles;

/**
 * Whether two volumes hold the same tree: names, kinds, modes, content, link targets, and the times
 * of files. Entries at the root whose names begin with {@code .gemel} are a volume's own (its
 * marker, a mirror's notes) and are left out.
 *
 * <p>Names are compared as the bytes the system holds, which {@link Path} keeps whatever the
 * locale.
 */
final class TreeCompare {
  private TreeCompare() {}

  private interface Description {
    String words() throws IOException;
  }

  /** What came out; entries are those of X. */
  record Result(int entries, List<Finding> findings) {}

  static Result compare(Path x, Path y) throws IOException {
    Map<Path, String> onX = describe(x);
    Map<Path, String> onY = describe(y);
    List<Finding> findings = new ArrayList<>();
    TreeSet<Path> paths = new TreeSet<>(onX.keySet());
    paths.addAll(onY.keySet());
    for (Path path : paths) {
      String entryX = onX.get(path);
      String entryY = onY.get(path);
      if (entryX == null || entryY == null) {
        findings.add(
            new Finding(
                "file " + path,
                "found it on "
                    + (entryX == null ? Side.Y : Side.X)
                    + " only, wanted it on both or neither"));
      } else if (!entryX.equals(entryY)) {
        findings.add(
            new Finding(
                "file " + path,
                "found on X " + entryX + ", on Y " + entryY + ", wanted them equal"));
      }
    }
    return new Result(onX.size(), findings);
  }

  private static Map<Path, String> describe(Path root) throws IOException {
    Map<Path, String> entries = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (isOwn(root, folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            note(folder, () -> "a folder with mode " + mode(folder));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!isOwn(root, file)) {
              note(file, () -> words(file, attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            note(
                file,
                () -> {
                  throw failure;
                });
            return FileVisitResult.CONTINUE;
          }

          /** A mirror may be at work here still: what it takes away meanwhile equals nothing. */
          private void note(Path path, Description description) throws IOException {
            String words;
            try {
              words = description.words();
            } catch (NoSuchFileException _) {
              words = "gone from " + root + " while it was looked at";
            }
            entries.put(root.relativize(path), words);
          }
        });
    return entries;
  }

  private static boolean isOwn(Path root, Path path) {
    Path relative = root.relativize(path);
    return relative.getNameCount() == 1 && relative.toString().startsWith(".gemel");
  }

  private static String words(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      return "a link to " + Files.readSymbolicLink(file);
    }
    if (!attributes.isRegularFile()) {
      return "neither file, folder nor link";
    }
    return "a file with mode %s, size %d, time %s, sha256 %s"
        .formatted(
            mode(file),
            attributes.size(),
            attributes.lastModifiedTime(),
            DurableFiles.sha256(file));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .permissions());
  }
}
