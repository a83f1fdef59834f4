package org.gemel.bench.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a change of the source must look like on the target, cheap enough to ask all the time. */
public sealed interface Sighting {
  boolean isSeen(Path target) throws IOException;

  /** A file with this content. */
  record Content(Path file, ByteBuffer content) implements Sighting {
    @Override
    public boolean isSeen(Path target) throws IOException {
      try {
        Path path = target.resolve(file);
        return Files.size(path) == content.remaining()
            && ByteBuffer.wrap(Files.readAllBytes(path)).equals(content);
      } catch (NoSuchFileException e) {
        return false;
      }
    }
  }

  /** A name that is not there any more. */
  record Gone(Path file) implements Sighting {
    @Override
    public boolean isSeen(Path target) {
      return Files.notExists(target.resolve(file), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** A folder under its new name only, with all its folders and as many files in each. */
  record Moved(Path old, Path now, List<Integer> files) implements Sighting {
    @Override
    public boolean isSeen(Path target) throws IOException {
      if (!Files.isDirectory(target.resolve(now)) || !new Gone(old).isSeen(target)) {
        return false;
      }
      for (int folder = 0; folder < files.size(); folder++) {
        Path path = target.resolve(now).resolve(ManyFiles.folderName(folder));
        if (!Files.isDirectory(path) || count(path) != files.get(folder)) {
          return false;
        }
      }
      return true;
    }

    /** Only finished files: what is not, has another name. */
    private static long count(Path folder) throws IOException {
      try (Stream<Path> entries = Files.list(folder)) {
        return entries.filter(entry -> entry.getFileName().toString().startsWith("file")).count();
      } catch (NoSuchFileException e) {
        return -1;
      }
    }
  }
}
