package org.gemel.bench.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A tree of many files that is changed from now on, and what of each change must be seen on its
 * mirror. It remembers what it did: to list a million files each time would disturb what is
 * measured. A changed file always changes its size, as some peers miss a change that does not.
 */
public final class ChangingTree {
  private static final int SMALLEST = 100;
  private static final int SIZES = 997;
  private static final int NO_TOP = -1;

  private final Path root;
  private final ManyFiles shape;
  private final List<String> tops = new ArrayList<>();
  private final Set<Integer> deleted = new HashSet<>();
  private final SplittableRandom random = Noise.of(3_000_000_000L);
  private int changes;
  private int renames;

  public ChangingTree(Path root, ManyFiles shape) {
    this.root = root;
    this.shape = shape;
    for (int top = 0; top < shape.tops(); top++) {
      tops.add(ManyFiles.topName(top));
    }
  }

  /** Rewrites one file. */
  public Sighting.Content change() throws IOException {
    return change(choose(1, NO_TOP).getFirst());
  }

  /** What was done at once, and how many bytes were written for it. */
  public record Burst(List<Sighting> sightings, long bytesWritten) {}

  /**
   * Changes files, renames one top folder with all that is in it, deletes other files.
   *
   * @param each how many files are changed, and how many deleted
   */
  public Burst burst(int each) throws IOException {
    int top = renames % tops.size();
    List<Integer> files = choose(2 * each, top);
    List<Sighting> sightings = new ArrayList<>();
    long bytes = 0;
    for (int file : files.subList(0, each)) {
      Sighting.Content content = change(file);
      bytes += content.content().remaining();
      sightings.add(content);
    }
    sightings.add(rename(top));
    for (int file : files.subList(each, files.size())) {
      Files.delete(root.resolve(path(file)));
      deleted.add(file);
      sightings.add(new Sighting.Gone(path(file)));
    }
    return new Burst(sightings, bytes);
  }

  private Sighting.Content change(int file) throws IOException {
    Path path = root.resolve(path(file));
    changes++;
    int length = SMALLEST + changes % SIZES;
    byte[] content =
        Noise.bytes(4_000_000_000L + changes, length == Files.size(path) ? length + SIZES : length);
    Files.write(path, content);
    return new Sighting.Content(path(file), ByteBuffer.wrap(content).asReadOnlyBuffer());
  }

  private Sighting.Moved rename(int top) throws IOException {
    List<Integer> counts = new ArrayList<>();
    int last = Math.min(shape.folders(), (top + 1) * shape.foldersEach());
    for (int folder = top * shape.foldersEach(); folder < last; folder++) {
      counts.add(filesIn(folder));
    }
    Path old = Path.of(tops.get(top));
    renames++;
    Path now = Path.of("renamed" + renames);
    Files.move(root.resolve(old), root.resolve(now));
    tops.set(top, now.toString());
    return new Sighting.Moved(old, now, counts);
  }

  /** Different files that are still there, none of them in this top folder. */
  private List<Integer> choose(int count, int butNotIn) {
    Set<Integer> chosen = new LinkedHashSet<>();
    while (chosen.size() < count) {
      int file = random.nextInt(shape.folders() * ManyFiles.A_FOLDER);
      if (!deleted.contains(file) && top(file) != butNotIn) {
        chosen.add(file);
      }
    }
    return List.copyOf(chosen);
  }

  private int filesIn(int folder) {
    int files = ManyFiles.A_FOLDER;
    for (int file = 0; file < ManyFiles.A_FOLDER; file++) {
      if (deleted.contains(folder * ManyFiles.A_FOLDER + file)) {
        files--;
      }
    }
    return files;
  }

  private int top(int file) {
    return file / ManyFiles.A_FOLDER / shape.foldersEach();
  }

  private Path path(int file) {
    int folder = file / ManyFiles.A_FOLDER;
    return Path.of(
        tops.get(top(file)),
        ManyFiles.folderName(folder - top(file) * shape.foldersEach()),
        ManyFiles.fileName(file % ManyFiles.A_FOLDER));
  }
}
