package org.gemel.bench.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A tree of many equal files, a hundred a folder, the folders in as many top folders as each of
 * these has folders: with a million files, a hundred top folders of ten thousand files each.
 */
public record ManyFiles(int files, int bytesEach) {
  public static final int A_FOLDER = 100;

  public int folders() {
    return Math.max(1, files / A_FOLDER);
  }

  public int tops() {
    return (int) Math.max(1, Math.round(Math.sqrt(folders())));
  }

  /** Folders in one top folder; the last one has what is left. */
  public int foldersEach() {
    return Math.ceilDiv(folders(), tops());
  }

  public static String topName(int top) {
    return String.format(Locale.ROOT, "top%04d", top);
  }

  public static String folderName(int folder) {
    return String.format(Locale.ROOT, "folder%04d", folder);
  }

  public static String fileName(int file) {
    return String.format(Locale.ROOT, "file%02d.data", file);
  }

  /** Makes the tree; the root must not be there yet. */
  public void make(Path root) throws IOException, InterruptedException {
    Files.createDirectory(root);
    List<Callable<Integer>> parts = new ArrayList<>();
    for (int top = 0; top < tops(); top++) {
      int part = top;
      parts.add(() -> makeTop(root, part));
    }
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() + 1)) {
      for (Future<Integer> part : workers.invokeAll(parts)) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("found that " + root + " cannot be filled: " + e.getMessage(), e);
    }
  }

  private int makeTop(Path root, int top) throws IOException {
    Path topFolder = Files.createDirectory(root.resolve(topName(top)));
    int first = top * foldersEach();
    int last = Math.min(folders(), first + foldersEach());
    for (int folder = first; folder < last; folder++) {
      Path path = Files.createDirectory(topFolder.resolve(folderName(folder - first)));
      for (int file = 0; file < A_FOLDER; file++) {
        long number = (long) folder * A_FOLDER + file;
        Files.write(path.resolve(fileName(file)), Noise.bytes(number, bytesEach));
      }
    }
    return last - first;
  }
}
